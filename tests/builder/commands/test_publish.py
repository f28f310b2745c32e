"""Publishing from the command line."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from builder.commands.publish import publish as command

ARTICLE = """\
---
title: {title}
description: A trial.
date: 2026-01-02
{front}---

{text}
"""


@pytest.fixture
def write(root: Path):
    def one(slug: str = "first", text: str = "Words.", front: str = "") -> None:
        (root / "articles" / slug).mkdir(exist_ok=True)
        (root / "articles" / slug / "index.md").write_text(ARTICLE.format(title=slug, text=text, front=front))

    return one


@pytest.fixture
def run(root: Path):
    def with_arguments(*args: str) -> Result:
        return CliRunner().invoke(command, [*args, "--site", str(root)])

    return with_arguments


def test_a_dry_run_prints_the_plan_and_makes_nothing(root: Path, write, run) -> None:
    write()
    result = run("folder", "--folder", str(root / "www"), "--dry-run")
    assert result.exit_code == 0, result.output
    lines = result.output.splitlines()
    assert lines[0] == f"{root / 'www'}:"
    assert any(line.startswith("  + first/index.html  ") and line.endswith(" kB") for line in lines)
    assert lines[-1] == "nothing was published (--dry-run)"
    assert not (root / "www").exists()


def test_targets_and_what_they_need(root: Path, run) -> None:
    for args, said in [
        (
            ["netlfy"],
            "no target 'netlfy'; did you mean 'netlify'?; expected github-pages, folder, s3, netlify, cloudflare",
        ),
        ([], "no target; expected github-pages, folder"),
        (["folder"], "no folder to publish to; give --folder, or `folder` in [tool.microscribe.publish]"),
        (["s3"], "no bucket to publish to; give --url s3://bucket/prefix, or `url` in"),
        (["folder", "--folder", str(root)], "holds the sources of the site"),
    ]:
        result = run(*args)
        assert result.exit_code == 2, result.output
        assert said in result.output
