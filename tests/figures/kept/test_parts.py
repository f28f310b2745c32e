"""Parts say of themselves what a page has to know."""

from figures.kept.hierarchy import HierarchyPart
from figures.kept.parts import (
    EXTENSIONS,
    ChartPart,
    Control,
    ImagePart,
    KeptPart,
    SpritePart,
    Tile,
)

CHART = ChartPart(name="c", spec="v", svg="s", width=300, height=120)
IMAGE = ImagePart(name="i", object="o", media_type="image/jpeg", width=64, height=32, alt="", display_px=200)
DRAWN = ImagePart(name="d", object="o", media_type="image/svg+xml", width=64, height=32, alt="")
SHEET = SpritePart(
    name="s", image=IMAGE, tiles=tuple(Tile("", f"a:{i % 2}") for i in range(5)), tile_px=16, columns=2, display_px=72
)  # fmt: skip


def test_every_part_names_its_files() -> None:
    assert CHART.files == (*CHART.pictures, ("vega.json", "v"))
    assert dict(CHART.pictures) == {"svg": "s"}
    assert IMAGE.files == IMAGE.pictures == SHEET.pictures == (("jpg", "o"),)


def test_a_picture_in_pixels_is_known_where_there_is_one() -> None:
    assert [part.raster for part in (CHART, IMAGE, DRAWN, SHEET)] == ["", "o", "", "o"]


def test_sides_are_known_where_they_do_not_depend_on_the_page() -> None:
    rows = SpritePart(**{**vars(SHEET), "per_row": 3})
    assert [part.width_px(4) for part in (CHART, IMAGE, DRAWN, SHEET, rows)] == [300, 200, 64, 0, 3 * 76]
    assert [part.height_px for part in (CHART, IMAGE, SHEET)] == [120, 32, 0]


def test_a_sheet_knows_its_rows_and_units() -> None:
    assert SHEET.rows == 3
    assert SHEET.units == ("a:0", "a:1", "a:0", "a:1", "a:0")
    assert CHART.units == ()


def test_kinds_are_told_apart_and_each_media_type_has_its_own_ending() -> None:
    assert {kind: KeptPart.kinds[kind] for kind in ("chart", "hierarchy", "image", "sprite")} == {
        "chart": ChartPart, "hierarchy": HierarchyPart, "image": ImagePart, "sprite": SpritePart,
    }  # fmt: skip
    assert len(set(EXTENSIONS.values())) == len(EXTENSIONS)


def test_a_control_begins_where_it_says_or_with_its_first_label() -> None:
    assert Control("step", "slider", ("0", "5")).first == "0"
    assert Control("step", "slider", ("0", "5"), start="5").first == "5"
