"""Bars are stacked by family, and units stand under what they name."""

from __future__ import annotations

import numpy as np

from figures.charts import dissection, theme
from tests.figures.dissected_units import dissected
from tests.figures.narrow_charts import holds_all


def test_every_layer_has_a_bar_in_every_basis() -> None:
    drawn = dissection.draw(dissected(), alt_text="A")
    assert holds_all(drawn)
    assert drawn.svg.count("directions at random") == 2
    assert theme.SERIES[0] in drawn.svg


def test_families_lie_end_to_end() -> None:
    rows = [row for row in dissection._rows(dissected()) if (row["layer"], row["basis"]) == ("a", "as learned")]
    assert [(row["family"], row["share"], row["end"]) for row in rows] == [("shape", 0, 0.5), ("colour", 0.5, 0.75)]


def test_a_unit_stands_under_its_concept() -> None:
    best = dissected().best(1)[0]
    row = dissection.examples(best, np.zeros((2, 8, 8, 3), np.uint8), "overlap", tile=8)
    assert row.title == "b.c:0: disc (shape), overlap 0.51"
    assert [tile.unit for tile in row.tiles] == ["b.c:0"] * 2
