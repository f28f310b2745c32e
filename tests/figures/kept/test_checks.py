"""What cannot be shown is refused when it is packed, and the message says what is wrong."""

import io
import json
import math
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image as Picture
from PIL import features

from figures.artifact import Artifact, Chart, Control, Image, Sprite, Table, Tile, pack
from figures.kept import checks
from figures.kept.parts import EXTENSIONS

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><path d="M0,0H40"/></svg>'
HALF = "\ud83d"
FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "AVIF")


def encoded(format: str) -> bytes:
    buffer = io.BytesIO()
    Picture.new("RGB", (40, 20), "teal").save(buffer, format)
    return buffer.getvalue()


PNG = encoded("PNG")
CHART = Chart({"marks": []}, SVG, 40, 20, name="bars", alt="Bars.")
IMAGE = Image(PNG, "image/png", 40, 20, "A picture.")
SPRITE = Sprite(IMAGE, tuple(Tile(f"tile {i}") for i in range(5)), 10, 4, name="tiles")
PAGES = Control("page", "pages", ("1", "2"))
GOOD = Artifact(
    "Words.",
    (CHART, IMAGE, SPRITE),
    Table(("a", "b"), ((1, "x"), (None, 2.5))),
    {"n": 3, "share": 0.5},
    ("A fact.",),
    (PAGES,),
)


def said(artifact: Artifact) -> str:
    with pytest.raises(ValueError, match=".") as caught:
        pack(artifact)
    return str(caught.value)


def with_part(part: object) -> Artifact:
    return replace(GOOD, parts=(part,))


def test_what_can_be_shown_is_packed() -> None:
    assert list(GOOD.problems()) == []
    record, objects = pack(GOOD)
    assert json.loads(json.dumps(record)) == record
    assert PNG in objects.values()


@pytest.mark.parametrize(("artifact", "message"), [
    (replace(GOOD, parts=()), "no parts; expected at least one chart, image or sprite"),
    (replace(GOOD, parts=CHART), "parts is a Chart; expected a sequence of charts, images and sprites"),
    (with_part({"kind": "chart"}), "part 1: is a dict; expected a Chart, an Image or a Sprite"),
    (None, "the figure returned None; expected an Artifact"),
    (IMAGE, "the figure returned a Image; expected an Artifact"),
    (replace(GOOD, alt=None), "alt is None; expected text"),
    (replace(GOOD, alt=" "), "alt is empty; expected words for those who do not see it"),
    (replace(GOOD, values={"a": 10**5000}), "value 'a' has 16610 bits; expected a number of at most 1023"),
    (replace(GOOD, alt=f"a{HALF}"), "alt cannot be encoded: '\\ud83d' at 1 is half of a character"),
    (replace(GOOD, notes="abc"), "notes is 'abc'; expected a sequence of texts"),
    (replace(GOOD, notes=("a", 3)), "notes, 2 is 3; expected text"),
    (replace(GOOD, notes=(HALF,)), "notes, 1 cannot be encoded"),
    (replace(GOOD, values=[1]), "values is [1]; expected numbers and texts by name"),
    (replace(GOOD, values={"a": [1]}), "value 'a' is [1]; expected a number or text"),
    (replace(GOOD, values={"a": math.inf}), "value 'a' is inf; expected a finite number, or NaN for what is not known"),
    (replace(GOOD, values={"a": np.zeros(3)}), "value 'a' is a ndarray; expected a number or text"),
    (replace(GOOD, values={"a": HALF}), "value 'a' cannot be encoded"),
    (replace(GOOD, values={3: 1}), "the name of a value is 3; expected text"),
    (replace(GOOD, table=None), "table: is None; expected a Table"),
    (replace(GOOD, table=Table(("a", "b"), ((1, 2), (1,)))), "table: row 2: 1 cells; expected 2, one for each column"),
    (replace(GOOD, table=Table(("a",), (({},),))), "table: row 1: column 'a' is a dict; expected a number or text"),
    (replace(GOOD, table=Table(("a",), ((-math.inf,),))), "table: row 1: column 'a' is -inf; expected a finite number"),
    (replace(GOOD, table=Table(("a",), ((HALF,),))), "table: row 1: column 'a' cannot be encoded"),
    (replace(GOOD, table=Table(("a",), (7,))), "table: row 1: is 7; expected a sequence of cells"),
    (replace(GOOD, table=Table(("a", "a"), ())), "table: columns: 'a' stands there twice"),
    (replace(GOOD, alt="a\0b"), "alt has a character that no page can show: '\\x00' at 1"),
    (replace(GOOD, notes=("a",) * 1001), "notes has 1001 texts; expected at most 1000"),
    (replace(GOOD, table=Table((1,), ())), "table: columns, 1 is 1; expected text"),
    (replace(GOOD, controls=({},)), "control 1: is a dict; expected a Control"),
    (replace(GOOD, controls=(replace(PAGES, labels=()),)), "control 1 ('page'): no labels; expected at least one"),
    (replace(GOOD, controls=(replace(PAGES, labels=("1", "1")),)), "control 1 ('page'): label '1' stands twice"),
    (replace(GOOD, controls=(replace(PAGES, start="3"),)), "control 1 ('page'): start is '3'; expected 1 or 2"),
    (replace(GOOD, controls=(replace(PAGES, kind="togle"),)),
     "control 1 ('page'): kind is 'togle'; did you mean 'toggle'?; expected slider or pages or toggle"),
    (replace(GOOD, controls=(replace(PAGES, title=HALF),)), "control 1 ('page'): title cannot be encoded"),
])  # fmt: skip
def test_a_figure_that_cannot_be_shown_is_refused(artifact: Artifact, message: str) -> None:
    assert message in said(artifact)


@pytest.mark.parametrize(("part", "message"), [
    (replace(CHART, width=0), "part 1 ('bars'): width is 0; expected a whole number from 1"),
    (replace(CHART, height=-3), "height is -3; expected a whole number from 1"),
    (replace(CHART, height=2.5), "height is 2.5; expected a whole number from 1"),
    (replace(CHART, width=True), "width is True; expected a whole number from 1"),
    (replace(CHART, svg=""), "svg does not begin with <svg"),
    (replace(CHART, svg=None), "svg is None; expected text"),
    (replace(CHART, svg=SVG + HALF), "svg cannot be encoded"),
    (replace(CHART, spec="{}"), "spec is '{}'; expected a Vega specification"),
    (replace(CHART, spec={"a": math.nan}), "spec is no JSON: Out of range float values are not JSON compliant"),
    (replace(CHART, spec={"a": {1}}), "spec is no JSON: a set is neither a number nor text"),
    (replace(CHART, spec={(1, 2): 3}), "spec is no JSON: keys must be str"),
    (replace(CHART, svg="<svg><g></svg>"), "svg: the drawing is not well-formed: mismatched tag"),
    (replace(CHART, svg=SVG.replace("M0", "\0")), "svg: the drawing is not well-formed"),
    (replace(CHART, alt=None), "alt is None; expected text"),
    (replace(CHART, title=HALF), "title cannot be encoded"),
    (replace(CHART, name=""), "name is ''; expected one that a file can have"),
    (replace(CHART, name="图" * 90), "270 bytes long; expected at most 200"),
    (replace(CHART, name="../up"), "name is '../up'; expected one that a file can have"),
    (replace(CHART, name=".."), "name is '..'; expected one that a file can have"),
    (replace(CHART, shown=None), "shown is None; expected {control: label}"),
    (replace(CHART, shown={"pages": "1"}), "shown names a control 'pages'; did you mean 'page'?; expected page"),
    (replace(CHART, shown={"page": "3"}), "shown names a label '3' of 'page'; expected 1 or 2"),
    (replace(IMAGE, data=b""), "part 1 ('image'): data has no bytes"),
    (replace(IMAGE, data="png"), "data is 'png'; expected bytes"),
    (replace(IMAGE, media_type="image/jpg"), "media_type is 'image/jpg'; did you mean 'image/jpeg'?; expected "),
    (replace(IMAGE, media_type=None), "media_type is None; expected "),
    (replace(IMAGE, media_type="image/webp"), "media_type is 'image/webp', but the bytes are those of image/png"),
    (replace(IMAGE, data=b"nonsense"), "media_type is 'image/png', but the bytes are no picture"),
    (replace(IMAGE, data=PNG[:50]), "data cannot be decoded: "),
    (replace(IMAGE, data=encoded("JPEG")[:300], media_type="image/jpeg"), "data cannot be decoded: "),
    (replace(IMAGE, width=41), "width and height are 41 and 20; the picture has 40 x 20 px"),
    (replace(IMAGE, data=b"<svg/>", media_type="image/svg+xml"), "the drawing lacks xmlns"),
    (replace(IMAGE, alt=""), "alt is empty; expected words"),
    (replace(IMAGE, width=0), "width is 0; expected"),
    (replace(IMAGE, display_px=0), "display_px is 0; expected"),
    (replace(SPRITE, columns=0), "part 1 ('tiles'): columns is 0; expected a whole number from 1"),
    (replace(SPRITE, tile_px=0), "tile_px is 0; expected"),
    (replace(SPRITE, display_px=-1), "display_px is -1; expected"),
    (replace(SPRITE, per_row=-1), "per_row is -1; expected a whole number from 0"),
    (replace(SPRITE, tiles=()), "no tiles; expected at least one"),
    (replace(SPRITE, tiles=("a",)), "tile 1: is 'a'; expected a Tile"),
    (replace(SPRITE, tiles=(Tile("a", lines="two"),)), "tile 1: lines is 'two'; expected a sequence of texts"),
    (replace(SPRITE, tiles=(Tile(HALF),)), "tile 1: alt cannot be encoded"),
    (replace(SPRITE, image=replace(IMAGE, data=b"")), "image: data has no bytes"),
    (replace(SPRITE, image=None), "image: is None; expected"),
    (replace(SPRITE, columns=5), "5 tiles of 10 px, 5 to a row, take 50 x 10 px, and the picture has 40 x 20"),
    (replace(SPRITE, columns=1), "5 tiles of 10 px, 1 to a row, take 10 x 50 px, and the picture has 40 x 20"),
    (replace(SPRITE, columns_titles="ab"), "columns_titles is 'ab'; expected a sequence of texts"),
    (replace(SPRITE, block=-1), "block is -1; expected a whole number from 0"),
    (replace(SPRITE, brackets=((0, 2),)), "bracket 1 is (0, 2); expected (first column, how many, words)"),
    (replace(SPRITE, brackets=((0, 0, "a"),)), "the width of bracket 1 is 0; expected a whole number from 1"),
])  # fmt: skip
def test_a_part_that_cannot_be_shown_is_refused(part: object, message: str) -> None:
    told = said(with_part(part))
    assert message in told
    assert told.startswith("part 1")


def test_all_is_told_at_once_and_not_without_end() -> None:
    many = tuple(replace(CHART, width=0, name=f"c{i}") for i in range(9))
    told = said(replace(GOOD, alt=None, parts=many))
    assert told.split("; ")[0] == "alt is None"
    assert told.count("width is 0") == checks.MOST_TOLD - 1
    assert told.endswith("and 5 more")


def test_what_is_not_known_is_left_out_of_values_and_empty_in_tables() -> None:
    values = {"a": math.nan, "b": None, "c": np.float32(0.5), "d": np.int64(2)}
    record, _ = pack(replace(GOOD, values=values, table=Table(("x",), ((math.nan,), (np.float64(1.5),)))))
    assert record["values"] == {"c": 0.5, "d": 2}
    assert record["table"]["rows"] == [[None], [1.5]]


def test_sides_may_be_numbers_of_arrays() -> None:
    record, _ = pack(with_part(replace(IMAGE, width=np.int64(40), display_px=np.int32(80))))
    assert (record["parts"][0]["width"], record["parts"][0]["display_px"]) == (40, 80)
    assert json.dumps(record)


@pytest.mark.parametrize("format", FORMATS)
def test_pictures_are_known_by_their_bytes(format: str) -> None:
    if format == "AVIF" and not features.check("avif"):
        pytest.skip("Pillow was built without AVIF")
    data, media_type = encoded(format), f"image/{format.lower()}"
    assert list(checks.picture(data, media_type, 40, 20)) == []
    for other in EXTENSIONS.keys() - {media_type}:
        assert list(checks.picture(data, other, 40, 20)) == [
            f"media_type is {other!r}, but the bytes are those of {media_type}"
        ]


@pytest.mark.parametrize("before", [
    "", "\ufeff", "\n  ", '<?xml version="1.0"?>\n', "<!-- a <b> -->", '<!DOCTYPE svg PUBLIC "a" "b">\n',
    '<?xml version="1.0"?><!-- a --><!DOCTYPE svg [<!ENTITY a "b">]>\n<!-- b -->',
])  # fmt: skip
def test_drawings_may_begin_as_editors_write_them(before: str) -> None:
    assert list(checks.picture((before + SVG).encode(), "image/svg+xml", 40, 20)) == []


@pytest.mark.parametrize(
    "data", [b"<html><svg></svg></html>", b"svg", b"<!-- <svg> -->", b"<svgx>", b"<!--a-->" * 9000]
)
def test_other_markup_is_no_drawing(data: bytes) -> None:
    assert list(checks.picture(data, "image/svg+xml", 1, 1)) == [
        "media_type is 'image/svg+xml', but the bytes are no picture"
    ]
