"""Pictures stand before themselves with a patch; rates of patch and control share an axis."""

from __future__ import annotations

import numpy as np

from figures.charts import patch_test
from tests.figures.embedded_records import patched
from tests.figures.narrow_charts import holds_all


def test_each_row_is_a_picture_and_then_each_corner() -> None:
    patches, pictures = patch_test.pictures(patched(), np.full((2, 2, 3, 16, 16), 0.4), 9, alt_text="A")
    assert [tile.lines[0] for tile in patches.tiles] == ["the patch", "random crop"]
    assert (pictures.per_row, len(pictures.tiles)) == (3, 6)
    assert pictures.tiles[0].lines == ("cat 80%", "dog 10%")
    assert pictures.tiles[2].lines == ("dog 70%",)
    assert pictures.tiles[2].alt == "a of some with the patch, centre"


def test_rates_are_drawn_for_each_corner_and_everywhere() -> None:
    chart = patch_test.rates(patched(), alt_text="A")
    assert holds_all(chart)
    svg = chart.svg
    words = ("upper-left", "centre", "everywhere", "top answer becomes dog", "random crops")
    assert all(word in svg for word in words)
