"""What all pages share is written once, and everything that is named is there."""

import dataclasses
from pathlib import Path

import pytest

from builder.memory import Memory
from builder.output import Output
from builder.press import furniture, styles


@pytest.fixture
def spread(root: Path, house):
    """Return a function that writes the furniture under some settings: what pages are told, and the folder."""

    def write(**settings: object):
        changed = dataclasses.replace(house, settings=dataclasses.replace(house.settings, **settings))
        output = Output(root / "out", root / "out.json")
        return furniture.spread(changed, output, [], maths=False, charts=True), output.folder

    return write


def test_everything_that_pages_name_is_there_but_the_sizes_of_each(spread) -> None:
    view, folder = spread(search=True)
    named = [*view.styles, view.theme, *view.scripts, view.sheet, view.elements, view.charts, view.runtime, view.icon]
    named += [*view.preload, view.search, view.parts, view.mosaic, view.walks, view.sorting]
    assert [name for name in named if not (folder / name).is_file()] == [styles.SIZES]


def test_a_style_sheet_names_fonts_that_are_there_and_of_search_nothing_without_it(spread) -> None:
    view, folder = spread()
    sheet = (folder / view.styles[0]).read_text("utf-8")
    assert [
        name for name in (p.name for p in (folder / "assets").glob("*.woff2")) if f'url("{name}")' not in sheet
    ] == []
    assert ".search-open" not in sheet
    assert ".search-open" in (folder / spread(search=True)[0].styles[0]).read_text("utf-8")


def test_the_reference_is_linked_where_there_is_one(spread, house) -> None:
    assert spread()[0].sections == ()
    assert spread(reference=True)[0].sections == (("Figures", "reference/index.html"),)
    assert furniture.reference_address(house) == ""


def test_every_network_has_one_index_of_units() -> None:
    names = {"b/net", "a"}
    sheets = furniture.sheets(names)
    assert list(sheets) == ["Units of a", "Units of b/net"]
    assert list(sheets.values()) == [furniture.sheet("a"), furniture.sheet("b/net")]
    assert len(set(sheets.values())) == 2


def test_what_few_pages_have_is_in_a_style_sheet_of_its_own(spread) -> None:
    view, folder = spread()
    sheet, parts = ((folder / name).read_text("utf-8") for name in (view.styles[0], view.parts))
    for name in (".walk-card", ".lens", ".mosaic"):
        assert name in parts
        assert f"{name}{{" not in sheet


def test_what_stands_is_not_laid_out_again_and_is_told_as_it_was(root: Path, house, monkeypatch) -> None:
    def told() -> tuple:
        output, memory = Output(root / "out", root / "out.json"), Memory.opened(root / "memory.json", "era")
        found = furniture.remembered(house, output, memory, ["glyphs"], maths=False, charts=True)
        memory.save()
        return (*found, output.current)

    first, spread = told(), furniture.spread
    monkeypatch.setattr(furniture, "spread", None)
    assert told() == first
    assert told()[0].tags["Curves"] == "tags/curves/index.html"
    (root / "out" / first[0].theme).unlink()
    monkeypatch.setattr(furniture, "spread", spread)
    assert told() == first
    assert (root / "out" / first[0].theme).is_file()
