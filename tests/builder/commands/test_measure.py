"""Measuring without pages, from the command line."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from builder.commands.measure import measure
from builder.engine import setup as engines
from tests.builder import workshop


@pytest.fixture(autouse=True)
def _fresh():
    engines.forget_figures()
    yield
    engines.forget_figures()


def command(which, *arguments: object):
    return CliRunner().invoke(which, [str(one) for one in arguments])


@pytest.mark.slow
def test_measuring_fills_the_store_and_writes_no_page(tmp_path: Path) -> None:
    root, log = workshop.make(tmp_path), tmp_path / "log.txt"
    for slug, names in (("one", "1"), ("two", "2")):
        workshop.article(root, slug, names=names, log=log)
    done = command(measure, "--site", root, "one", "--device", "cpu")
    assert done.exit_code == 0, done.output
    assert "1 article, 1 figure, 1 measured now" in done.output
    done = command(measure, "--site", root, "--device", "cpu")
    assert "2 articles, 2 figures, 1 measured now" in done.output
    assert not (root / "site").exists()
    assert [words for words in workshop.lines(log) if words[0] == "probed"] == [["probed", "1"], ["probed", "2"]]
    done = command(measure, "--site", root, "on")
    assert done.exit_code == 2
    assert "no article 'on'; did you mean 'one'?" in done.output
