"""The figure of an edge has pictures and points."""

from __future__ import annotations

import pytest

from figures.artifact import pack
from figures.gallery.unit_edge import unit_edge

QUICK = {"model": "glyphs", "dataset": "glyphs:8", "image": "3"}


@pytest.mark.slow
def test_an_edge_is_drawn_with_a_point_for_each_image() -> None:
    made = unit_edge(edge="shape:3 -> mixed3b:17", **QUICK)
    assert pack(made)
    assert [part.name for part in made.parts] == ["edge", "pairs"]
    assert made.table.columns == ("image", "shape:3", "mixed3b:17")
    assert len(made.table.rows) == 8


def test_what_is_no_edge_is_told() -> None:
    with pytest.raises(ValueError, match="arrow"):
        unit_edge(edge="shape:3", **QUICK)
