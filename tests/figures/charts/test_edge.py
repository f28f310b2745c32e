"""An edge is four pictures; what a position adds is red, what it takes away blue."""

from __future__ import annotations

import numpy as np

from figures.charts import edge as charts
from tests.figures.walked import edge


def test_a_row_has_the_picture_both_paths_and_where_they_meet() -> None:
    row = charts.draw(edge(), alt_text="An edge")
    assert list(row.problems()) == []
    assert [tile.unit for tile in row.tiles] == ["", "logits:1", "b:3", ""]
    assert row.tiles[3].lines == ("what it adds", "+1.25 in all")
    assert row.per_row == 4


def test_where_nothing_is_added_the_picture_is_faded() -> None:
    picture = np.full((4, 4, 3), 228, np.uint8)
    drawn = charts.meeting(picture, np.array([[1.0, 0.0], [-1.0, 0.0]]))
    assert drawn[0, 3].tolist() == [153, 153, 153]
    assert drawn[0, 0, 0] > drawn[0, 0, 2]
    assert drawn[3, 0, 0] < drawn[3, 0, 2]
    assert len(np.unique(charts.meeting(picture, np.zeros((2, 2))))) == 1
