"""Building from the command line: what is said, and how it ends."""

import webbrowser
from pathlib import Path

import pytest
from click.testing import CliRunner

from builder.commands.build import build

FIGURE = ":::{{probe}}\n:units: mixed3b:1\n:log: {log}\n\nNumbers.\n:::\n"


def written(root: Path, text: str) -> None:
    (root / "articles" / "first.md").write_text(f"---\ntitle: First\n---\n\n{text}")


def run(root: Path, *arguments: str):
    return CliRunner().invoke(build, ["--site", str(root), *arguments])


def test_a_whole_site_ends_well_and_says_where_it_is(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = []
    monkeypatch.setattr(webbrowser, "open", opened.append)
    written(root, "Words.\n")
    done = run(root, "--open")
    assert done.exit_code == 0, done.output
    assert done.output.splitlines()[-1].startswith(f"{root / 'site' / 'index.html'}: 1 article, 0 figures, 0 measured")
    assert opened == [(root / "site" / "index.html").as_uri()]


def test_a_browser_opens_while_others_are_measured(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(root, "Words.\n")
    (root / "articles" / "second.md").write_text("---\ntitle: Second\n---\n\n" + FIGURE.format(log=root / "log.txt"))
    there: list[bool] = []

    def opened(address: str) -> None:
        there.extend([(root / "site/first/index.html").is_file(), (root / "log.txt").exists()])

    monkeypatch.setattr(webbrowser, "open", opened)
    done = run(root, "--open", "--device", "cpu")
    assert done.exit_code == 0, done.output
    assert there == [True, False]
    assert f"First can be read: {root / 'site' / 'first' / 'index.html'}" in done.output
    assert (root / "log.txt").is_file()


def test_a_site_with_problems_names_them_and_fails(root: Path) -> None:
    written(root, FIGURE.format(log=root / "log.txt"))
    done = run(root, "--offline")
    assert done.exit_code == 1
    assert "articles/first.md:5: probe is not in the store, and this build may not measure" in done.output
    assert "0 measured now" in done.output
    assert not (root / "log.txt").exists()
