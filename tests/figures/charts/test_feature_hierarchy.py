"""Each layer has a row, each unit of it a block of the pictures that are asked for."""

from __future__ import annotations

import pytest

from figures.charts import feature_hierarchy as charts
from tests.figures import patched


def test_a_row_says_what_its_layer_sees_and_a_block_shows_one_unit():
    rows = charts.draw(patched.hierarchy(), tile=20)
    assert [row.title for row in rows] == ["one: sees 8 px, 50 % of 16", "two: sees 8 px, 50 % of 16"]
    assert [(row.block, len(row.tiles)) for row in rows] == [(3, 9)] * 2
    assert [tile.unit for tile in rows[0].tiles] == [f"one:{index}" for index in range(3) for _ in range(3)]
    assert [tile.lines for tile in rows[0].tiles[3:6]] == [("disc",), ("4 to 1",), ("guided",)]


@pytest.mark.parametrize(
    ("kinds", "lines"),
    [(("crops",), [("one:0", "4 to 1")]), (("crops", "gradients"), [("one:0", "4 to 1"), ("guided",)]),
     (("gradients",), [("one:0", "guided")]), (("visualization",), [("one:0",)])],
)  # fmt: skip
def test_what_comes_first_has_the_units_name(kinds, lines):
    row = charts.draw(patched.hierarchy(kinds=kinds), tile=20)[0]
    assert [tile.lines for tile in row.tiles[: row.block]] == lines
