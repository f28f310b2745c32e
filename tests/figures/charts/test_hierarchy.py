"""Pictures are cut to where a path is something; a tree keeps its order, its weights and its names."""

from __future__ import annotations

import numpy as np
import pytest

from figures.charts import hierarchy
from tests.figures.walked import path, walk


def test_a_window_is_a_square_round_what_is_something() -> None:
    rows, columns = hierarchy.window(path())
    assert rows.stop - rows.start == columns.stop - columns.start
    assert rows.start <= 4
    assert rows.stop >= 10
    assert columns.start <= 6
    assert columns.stop >= 12
    assert rows.stop - rows.start < 16


def test_of_nothing_and_of_everything_the_window_is_the_whole_picture() -> None:
    whole = (slice(0, 16), slice(0, 16))
    assert hierarchy.window(np.zeros((3, 16, 16), np.float16)) == whole
    assert hierarchy.window(np.ones((3, 16, 16), np.float16)) == whole


def test_a_window_at_the_edge_stays_inside() -> None:
    corner = np.zeros((1, 16, 16), np.float16)
    corner[0, 15, 0] = -1
    rows, columns = hierarchy.window(corner)
    assert (rows.stop, columns.start) == (16, 0)
    assert rows.stop - rows.start == columns.stop - columns.start > 1


def test_a_path_lies_round_grey() -> None:
    drawn = hierarchy.picture_of(path() - path(1))
    assert drawn[0, 0].tolist() == [128, 128, 128]
    assert drawn.max() > 240
    assert drawn.min() < 16


def test_every_unit_has_its_tiles_and_what_stands_below_it() -> None:
    drawn = hierarchy.draw(walk(), alt_text="A tree")
    assert list(drawn.problems()) == []
    assert (drawn.each, len(drawn.sheet.tiles)) == (4, 20)
    assert [node.parent for node in drawn.nodes] == [None, 0, 0, 0, 1]
    assert drawn.nodes[0].caption == "cat"
    assert drawn.nodes[1].lines == ("+1.5 · 50.0%", "answers 4")
    assert drawn.nodes[2].lines == ("−0.5 · 25.0%", "answers −3")
    assert drawn.nodes[4].lines[-1] == "inactive"
    assert (drawn.nodes[0].head, drawn.nodes[0].composed) == ("1.5 of 2", "fur − eye")
    assert max(node.share for node in drawn.nodes) == 1
    assert drawn.nodes[1].share == pytest.approx(0.5 / 0.75)
    assert drawn.nodes[2].unit == "b:0"


def test_without_patches_a_unit_has_two_tiles() -> None:
    assert hierarchy.draw(walk(patches=()), alt_text="A tree").each == 2
