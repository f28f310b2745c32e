"""The store from the command line."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from builder import settings, site
from builder.commands.store import store as command
from builder.engine import setup as engines
from builder.reporter import Recorded

ARTICLE = """\
---
title: First
---

:::{{probe}}
:name: numbers
:units: mixed3b:1..{last}
:log: {log}

Numbers.
:::
"""


def call(root: Path, *arguments: str):
    return CliRunner().invoke(command, [arguments[0], "--site", str(root), *arguments[1:]])


@pytest.fixture
def write(root: Path):
    def one(last: int) -> None:
        (root / "articles" / "first.md").write_text(ARTICLE.format(last=last, log=root / "log.txt"))

    yield one
    engines.forget_figures()


@pytest.fixture
def build(root: Path):
    def run(**options):
        return site.build(settings.load(root), Recorded(), site.Options(device="cpu", **options))

    return run


@pytest.mark.slow
def test_gc_keeps_what_articles_and_the_last_builds_use(root: Path, write, build) -> None:
    for last in (1, 2, 3, 4):
        write(last)
        build()
    done = call(root, "gc", "--builds", "2")
    assert done.exit_code == 0, done.output
    assert "would delete 2 records" in done.output
    assert "gc --yes" in done.output
    done = call(root, "gc", "--builds", "2", "--yes")
    assert "deleted 2 records" in done.output
    write(3)
    assert build(offline=True).problems == ()
    write(2)
    assert build(offline=True).failed
    measured = (root / "log.txt").read_text()
    assert not build().failed
    assert (root / "log.txt").read_text() == measured, "gc must keep measurements of units that are still used"


def test_gc_does_nothing_where_it_cannot_know_what_is_needed(root: Path, write, build) -> None:
    write(2)
    build()
    (root / "articles" / "second.md").write_text("---\ntitle: Second\n---\n\n:::{prob}\n:::\n")
    done = call(root, "gc", "--yes")
    assert done.exit_code == 1
    assert "articles/second.md:5: no figure 'prob'; did you mean 'probe'?" in done.output
    assert "mend this first" in done.output


@pytest.mark.slow
def test_show_ls_and_verify_read_well(root: Path, write, build) -> None:
    write(2)
    build()
    listed = call(root, "ls", "--kind", "figure").output
    line = next(line for line in listed.splitlines() if " probe " in line)
    shown = call(root, "show", line.split()[1]).output
    assert "kind: figure" in shown
    assert "figure: probe" in shown
    assert "measurements:" in shown
    assert re.search(r"sources: \d+ definitions", shown)
    assert shown.index("provenance:") < shown.index("artifact:") < shown.index("objects:")
    assert "1 figure: " in listed
    done = call(root, "verify")
    assert done.exit_code == 0
    assert ": 0 damaged" in done.output
    path = next((root / ".microscribe" / "objects").glob("*/*"))
    path.write_bytes(path.read_bytes() + b"?")
    done = call(root, "verify")
    assert done.exit_code == 1
    assert f"damaged: objects/{path.parent.name}/{path.name}" in done.output
    assert call(root, "show", "zz").exit_code == 2
