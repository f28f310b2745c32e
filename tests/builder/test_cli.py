"""The command as a whole: its help, its messages, its exit status."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from builder.engine import setup as engines

ARTICLE = """\
---
title: First
description: A trial.
date: 2026-01-02
---

Text about {{unit}}`mixed3b:4` and @fig-numbers, which sum to {{value}}`fig-numbers.sum:.1f`.

:::{{probe}}
:name: numbers
:units: mixed3b:1,2
:log: {log}

Numbers.
:::
"""


@pytest.fixture
def write(root: Path):
    def one(slug: str = "first", **changes: str) -> Path:
        text = ARTICLE.format(log=root / "log.txt")
        for old, new in changes.values():
            assert old in text
            text = text.replace(old, new)
        path = root / "articles" / slug / "index.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
        return path

    yield one
    engines.forget_figures()


COMMAND = [sys.executable, "-m", "builder"]


ROOT = Path(__file__).parents[2]


def command(root: Path, *arguments: str) -> subprocess.CompletedProcess:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run([*COMMAND, *arguments], cwd=root, env=environment, capture_output=True, text=True)


@pytest.mark.slow
def test_exit_status_and_messages(root: Path, write) -> None:
    write(figure=("{probe}", "{prob}"))
    done = command(root, "build")
    assert done.returncode == 1
    assert "articles/first/index.md:9: no figure 'prob'; did you mean 'probe'?" in done.stderr
    assert "Traceback" not in done.stderr
    for arguments, message in [
        (("biuld",), "no command 'biuld'; did you mean 'build'?"),
        (("build", "--only", "frist"), "no article 'frist'; did you mean 'first'?"),
        (("figures", "prob"), "no figure 'prob'; did you mean 'probe'?"),
        (("why", "first", "nothing"), "first has no figure 'fig-nothing'"),
        (("new", "Not a slug"), "is not a slug"),
        (("new", "first"), "there is an article 'first' already"),
    ]:
        done = command(root, *arguments)
        assert done.returncode == 2, (arguments, done.stdout, done.stderr)
        assert message in done.stderr
    (root / "pyproject.toml").write_text("[tool.microscribe]\ntitel = 'x'\n")
    done = command(root, "build")
    assert done.returncode == 2
    assert "no setting 'titel' in [tool.microscribe]; did you mean 'title'?" in done.stderr


def test_a_place_that_cannot_be_written_is_a_message(root: Path) -> None:
    (root / "site").write_text("a file in the way")
    done = command(root, "build")
    assert done.returncode == 2
    assert "site is a file; expected a folder" in done.stderr
    assert "Traceback" not in done.stderr


def test_every_command_has_help_with_an_example_and_stands_in_the_readme() -> None:
    from builder.cli import main

    readme = (ROOT / "README.md").read_text("utf-8")
    for name, one in main.commands.items():
        assert re.search("Examples?:\n", one.help), name
        assert f"microscribe {name}" in readme
