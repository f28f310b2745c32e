"""Crops and what moves the unit in them stand at the same place of two blocks."""

from __future__ import annotations

from figures.charts import top_patches as charts
from tests.figures import patched


def test_twins_stand_in_one_order():
    first, second = charts.draw(patched.top_patches(), tile=20)
    assert (first.block, first.per_row, first.twins, len(first.tiles)) == (4, 2, True, 8)
    left, right = first.tiles[:4], first.tiles[4:]
    assert (
        [tile.lines for tile in left] == [tile.lines for tile in right] == [("4.00",), ("3.00",), ("2.00",), ("1.00",)]
    )
    assert left[0].alt == "Crop of image 0 of made:40 at row 0, column 0, activation 4.00"
    assert right[0].alt == "guided at image 0 of made:40 at row 0, column 0, 100% of it in the crop"
    assert second.title.startswith("b:0 (cat): ")
