"""Conflict images stand below each other with their parts, each with the answers to it."""

import numpy as np
import pytest

from figures.charts import conflicts
from figures.glyphs.textures import TEXTURES
from figures.methods.cue_conflict import KINDS, Examples

CLASSES = tuple(f"class{index}" for index in range(len(TEXTURES)))


@pytest.fixture
def seen() -> Examples:
    """Two examples whose answers are the texture's class, the shape, and the shape before the texture."""
    shape, texture = np.array([0, 1]), np.array([2, 3])
    probability = np.zeros((2, 3, len(CLASSES)))
    for example in range(2):
        probability[example, 0, texture[example]] = 1.0
        probability[example, 1, shape[example]] = 1.0
        probability[example, 2, [shape[example], texture[example]]] = 0.75, 0.25
    return Examples(np.zeros((2, 3, 64, 64, 3), np.uint8), probability, shape, texture)


def test_there_is_a_row_of_every_kind_with_a_tile_of_every_example(seen: Examples) -> None:
    rows = conflicts.rows(seen, CLASSES, 2, tile_px=40)
    assert tuple(conflicts.TITLES) == KINDS
    assert [row.title for row in rows] == list(conflicts.TITLES.values())
    assert [(len(row.tiles), row.per_row) for row in rows] == [(2, 2)] * 3


def test_tiles_say_what_they_show_and_what_was_answered_first(seen: Examples) -> None:
    texture, shape, both = (row.tiles[1] for row in conflicts.rows(seen, CLASSES, 2, tile_px=40))
    assert texture.lines[:2] == (f"{TEXTURES[3]} → class3", "class3 100%")
    assert shape.lines[:2] == ("class1", "class1 100%")
    assert both.lines == (f"class1 in {TEXTURES[3]}", "class1 75%", "class3 25%")
    assert both.alt == f"class1 in {TEXTURES[3]}; answers: class1 75%, class3 25%"


def test_as_many_answers_are_told_as_are_asked_for(seen: Examples) -> None:
    for most in (1, 3):
        rows = conflicts.rows(seen, CLASSES, most, tile_px=40)
        assert {len(tile.lines) for row in rows for tile in row.tiles} == {1 + most}
