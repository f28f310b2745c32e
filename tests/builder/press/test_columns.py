"""The columns of a page, and what fits into them."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from builder.press.columns import COLUMNS_PX, even_columns, leaves_room, phone_columns, row_of
from tests.builder.pages import TEMPLATES, chart, sprite


@pytest.mark.parametrize(("count", "tile_px", "column", "columns"), [
    (12, 96, "page", 12), (16, 88, "body", 8), (20, 96, "page", 10), (14, 96, "page", 0), (8, 72, "text", 8),
    (12, 96, "screen", 0), (1, 96, "text", 0),
])  # fmt: skip
def test_tiles_make_full_rows_where_they_can(count, tile_px, column, columns):
    found = even_columns(count, tile_px, column)
    assert found == columns
    if found:
        assert count % found == 0
        assert found * tile_px * 0.84 <= COLUMNS_PX[column]


@pytest.mark.parametrize(("parts", "column", "room"), [
    ([chart(width=640)], "page", True), ([chart(width=900)], "page", False), ([chart(width=500)], "body", True),
    ([chart(width=300)], "text", True), ([chart(width=640)], "text", False), ([sprite()], "text", True), ([sprite(40)], "text", False),
    ([chart(width=300)], "screen", False), ([chart(width=300), chart(width=300)], "page", False),
    ([sprite(per_row=10)], "page", True), ([sprite()], "page", False),
    ([sprite(per_row=3), sprite(per_row=12)], "page", False), ([replace(sprite(per_row=3), block=3)], "page", False),
])  # fmt: skip
def test_a_caption_stands_beside_a_figure_that_leaves_room(parts, column, room):
    assert leaves_room(parts, column) == room


def test_few_tiles_stand_in_a_row_of_their_own_size_in_the_column_of_the_text():
    assert [row_of(sprite(count), "text") for count in (4, 40)] == [4, 0]
    assert row_of(sprite(4), "body") == 0
    assert row_of(sprite(per_row=3), "text") == 3


@pytest.mark.parametrize("tile_px", [48, 72, 200])
def test_no_tile_is_left_alone_on_a_phone(tile_px):
    for count in range(2, 61):
        columns = phone_columns(count, tile_px)
        assert count % columns != 1 or all(count % near == 1 for near in (columns - 1, columns + 1))
        assert (350 + 4) / columns - 4 >= 0.9 * min(tile_px, 72)


def test_columns_have_the_widths_of_the_style_sheet():
    base = (TEMPLATES / "static" / "base.css").read_text("utf-8")
    widths = dict(re.findall(r"(--[\w-]+-width): (\d+px);", base))
    css = (TEMPLATES / "static" / "layout.css").read_text("utf-8")
    css = re.sub(r"var\((--[\w-]+-width)\)", lambda match: widths.get(match[1], match[0]), css)
    wide = css[css.index("@media (min-width: 1180px)") :]
    tracks = [int(px) for px in re.findall(r"(\d+)px", wide[wide.index("[page-start]") : wide.index("[page-end]")])]
    start, inset, text, outset, margin, end = tracks
    assert {"text": text, "body": inset + text + outset, "page": sum(tracks)} == COLUMNS_PX
    assert 200 <= margin <= 230
