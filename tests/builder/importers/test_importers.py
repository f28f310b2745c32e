"""An import as a whole."""

from pathlib import Path

import pytest

from builder import importers, settings
from builder.errors import UsageError
from builder.importers import Wishes

SOURCE = "---\ntitle: Dots\n---\n\nA dot, see [that](2020-01-02-lines.md).\n\n![a dot](a.png)\n"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    (tmp_path / "pyproject.toml").write_text("[tool.microscribe]\n")
    folder = tmp_path / "old"
    folder.mkdir()
    (folder / "a.png").write_bytes(b"picture")
    (folder / "dots.md").write_text(SOURCE)
    (folder / "2020-01-02-lines.md").write_text("# Lines\n\nA line.\n")
    (folder / "README.md").write_text("no article")
    return folder


def run(old: Path, **wishes: object) -> list[str]:
    outcomes = importers.run(old, settings.load(old.parent), Wishes(**wishes))
    return [f"{one.state} {one.article.parent.name}" for one in outcomes]


def test_a_second_import_changes_nothing_and_an_edit_stays(old: Path) -> None:
    assert run(old) == ["wrote lines", "wrote dots"]
    folder = old.parent / "articles" / "dots"
    assert sorted(path.name for path in folder.iterdir()) == ["a.png", "import-report.txt", "index.md"]
    text = (folder / "index.md").read_text()
    assert "[that](../lines/index.md)" in text
    assert run(old) == ["unchanged lines", "unchanged dots"]
    (folder / "index.md").write_text(text + "Mine.\n")
    assert run(old / "dots.md") == ["kept dots"]
    assert (folder / "index.md").read_text() == text + "Mine.\n"
    assert run(old / "dots.md", force=True) == ["wrote dots"]
    assert (folder / "index.md").read_text() == text


def test_a_source_that_changed_is_imported_again(old: Path) -> None:
    run(old / "dots.md")
    (old / "dots.md").write_text(SOURCE + "More.\n")
    assert run(old / "dots.md") == ["wrote dots"]


def test_what_the_site_would_object_to_is_told_at_its_line(old: Path) -> None:
    (old / "dots.md").write_text(SOURCE + "\nAs @fig-gone shows.\n")
    (outcome,) = importers.run(old / "dots.md", settings.load(old.parent), Wishes())
    assert any(remark.line == 9 and "fig-gone" in remark.message for remark in outcome.remarks), outcome.remarks


def test_two_of_one_slug_and_none_at_all_are_mistakes(old: Path) -> None:
    (old / "lines.md").write_text("a")
    with pytest.raises(UsageError, match="same slug 'lines'"):
        run(old)
    (old / "empty").mkdir()
    with pytest.raises(UsageError, match="no article"):
        run(old / "empty")
