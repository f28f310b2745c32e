"""Which place a setting names."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from builder import settings, site
from builder.commands.store import store as command
from builder.engine import setup as engines
from builder.reporter import Recorded
from builder.store import Store, opened, sync

ARTICLE = """\
---
title: First
---

Text about {{unit}}`mixed3b:4`.

:::{{probe}}
:units: mixed3b:1,2
:log: {log}

Numbers.
:::
"""


@pytest.fixture
def build(root: Path):
    def run(folder: Path = root, **options):
        return site.build(settings.load(folder), Recorded(), site.Options(device="cpu", **options))

    (root / "articles" / "first.md").write_text(ARTICLE.format(log=root / "log.txt"))
    yield run
    engines.forget_figures()


def clone(root: Path, to: Path) -> Path:
    """Copy a site without its store, as a checkout elsewhere."""
    shutil.copytree(root, to, ignore=shutil.ignore_patterns(".microscribe", "site", "log.txt"))
    return to


def tree(root: Path) -> dict[str, bytes]:
    return {str(p.relative_to(root / "site")): p.read_bytes() for p in (root / "site").rglob("*") if p.is_file()}


def call(root: Path, *arguments: str):
    return CliRunner().invoke(command, [arguments[0], "--site", str(root), *arguments[1:]])


def test_push_without_a_remote_says_how_to_name_one(root: Path, build) -> None:
    done = call(root, "push")
    assert done.exit_code == 2
    assert 'set `remote = "s3://bucket/folder"`' in done.output


@pytest.mark.slow
def test_a_site_may_keep_its_store_at_an_address(root: Path, build, bucket: str, tmp_path_factory) -> None:
    (root / "pyproject.toml").write_text(f"[tool.microscribe]\ntitle = 'Trial'\nstore = '{bucket}'\n")
    here = opened(settings.load(root), print)
    near = Store(root / ".microscribe")
    sync.move(near, here, [("shared", key) for key in near.keys("shared")], Recorded())
    assert build().measured == 3
    assert near.keys("figure") == []
    assert len(here.keys("figure")) == 3
    there = clone(root, tmp_path_factory.mktemp("there") / "site")
    result = build(there, offline=True)
    assert [str(problem) for problem in result.problems] == []
    assert tree(there) == tree(root)
    assert len(here.place.list("builds")) == 2
    done = call(root, "gc", "--builds", "0", "--grace", "0", "--yes")
    assert "deleted 0 records" in done.output


@pytest.mark.parametrize(
    ("action", "remote", "told"),
    [
        ("push", "file://", "the address is not whole"),
        ("push", "s3://", "the address is not whole"),
        ("push", "site/kept", "lies among the pages that were built"),
        ("push", "articles", "lies among the articles"),
        ("pull", "nowhere/at/all", "there is no such folder"),
    ],
)
def test_a_wrong_remote_is_told_and_nothing_is_written_there(root: Path, action: str, remote: str, told: str) -> None:
    before = sorted(root.rglob("*"))
    done = call(root, action, remote)
    assert (done.exit_code, told in done.output) == (2, True), done.output
    assert sorted(root.rglob("*")) == before
