"""The picture stands before its maps; colours lie around grey, single values in two hues."""

from __future__ import annotations

import numpy as np

from figures.charts import saliency_maps
from tests.figures.salient import salient


def test_maps_of_the_control_stand_beneath_those_of_the_network() -> None:
    rows = saliency_maps.draw(salient(), alt_text="A")
    assert [row.name for row in rows] == ["trained-maps", "control-maps"]
    assert rows[1].title == "Control: the same network before training"
    assert [row.per_row for row in rows] == [4, 4]
    assert [tile.lines for tile in rows[0].tiles][:3] == [("picture",), ("guided",), ("integrated", "gradients")]
    assert rows[1].tiles[1].alt == "guided for logits:1 (cat), net before training"


def test_without_a_control_nothing_is_said_of_training() -> None:
    (row,) = saliency_maps.draw(salient(control=None), alt_text="A")
    assert row.title == ""


def test_zero_is_grey_in_colours_and_see_through_else() -> None:
    assert saliency_maps._map(np.zeros((3, 2, 2)))[0, 0].tolist() == [128, 128, 128, 255]
    drawn = saliency_maps._map(np.array([[0.0, 1.0], [-1.0, 0.5]]))
    assert drawn[..., 3].tolist() == [[0, 255], [255, 128]]
    assert drawn[0, 1, 0] > drawn[0, 1, 2]
    assert drawn[1, 0, 0] < drawn[1, 0, 2]
