"""The figure of a walk takes a class or a unit, and tells what it cannot follow."""

from __future__ import annotations

import pytest

from figures.artifact import pack
from figures.gallery.unit_hierarchy import unit_hierarchy

QUICK = {"model": "glyphs", "dataset": "glyphs:8", "patches": 0, "layers": ("mixed3a", "conv1"), "image": "3"}


@pytest.mark.slow
def test_a_unit_is_walked_down_to_the_first_layer() -> None:
    made = unit_hierarchy(unit="mixed3b:17", children=3, **QUICK)
    assert pack(made)
    (part,) = made.parts
    assert (part.name, len(part.nodes)) == ("hierarchy", 7)
    assert len(made.table.rows) == 6
    assert made.values["child-1"] == made.table.rows[0][1].partition("@")[0]


def test_layers_in_the_wrong_order_are_told() -> None:
    with pytest.raises(ValueError, match="from top to bottom"):
        unit_hierarchy(unit="mixed4b:17", **{**QUICK, "layers": ("conv1", "mixed3a")})


def test_a_picture_that_there_is_not_is_told() -> None:
    with pytest.raises(ValueError, match="has no image 'cat'"):
        unit_hierarchy(unit="mixed3b:17", **{**QUICK, "image": "cat"})
