"""Imported articles as files."""

import datetime
from pathlib import Path

from builder.importers import writing
from builder.importers.draft import Remark
from builder.importers.writing import Imported


def test_an_edit_is_seen() -> None:
    text = writing.article({"title": "A"}, "b", Path("old.md"), "Hugo", {"layout": "x", "tags": ["x"]})
    assert text.startswith("---\ntitle: A\nimported:\n  importer:\n    source: old.md\n    dialect: Hugo\n")
    assert text.endswith("  layout: x\n  tags:\n  - x\n---\n\nb\n")
    assert not writing.is_edited(text)
    assert writing.is_edited(text + "c")
    assert writing.is_edited("---\ntitle: A\n---\n")


def test_what_stands_in_two_places_is_written_twice() -> None:
    day = datetime.date(2024, 2, 3)
    text = writing.article({"date": day}, "b", Path("old.md"), "Hugo", {"created": day})
    assert text.count("2024-02-03\n") == 2


def test_what_is_there_already_is_not_written(tmp_path: Path) -> None:
    new = Imported("a", "Hugo", "text", "report", {"works.bib": "@x"})
    assert [path.name for path in writing.write(tmp_path, new)] == ["index.md", "import-report.txt", "works.bib"]
    assert writing.write(tmp_path, new) == []


def test_a_report_has_places_and_what_was_left_out() -> None:
    report = writing.report(Path("a.md"), "Hugo", [Remark(9, "out", "x\ny"), Remark(2, "kept")])
    assert report == "a.md, read as Hugo\na.md:2: kept\na.md:9: out\n    | x\n    | y\n"
