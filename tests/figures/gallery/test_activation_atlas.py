"""The atlas of a layer is a mosaic with a table of its cells."""

from __future__ import annotations

import pytest

from figures.artifact import pack
from figures.gallery.activation_atlas import activation_atlas

QUICK = {
    "model": "glyphs", "dataset": "glyphs:20", "positions": 40, "grids": (2, 4), "layout": "pca", "least": 1, "steps": 2,
}  # fmt: skip


@pytest.mark.slow
def test_a_layer_is_drawn_in_two_grids():
    made = activation_atlas(layer="conv1", **QUICK)
    assert pack(made)
    (mosaic,) = made.parts
    assert [level.grid for level in mosaic.levels] == [2, 4]
    assert len(made.table.rows) == made.values["cells"]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"layer": "mixed4c"}, "mixed4b"),
        ({"layer": "shape"}, "is a head"),
        ({"layer": "mixed4b", "head": "shapes"}, "has no head 'shapes'"),
        ({"layer": "mixed4b", "grids": (4, 2)}, "the coarsest first"),
    ],
)
def test_what_does_not_suit_is_refused(wrong, message):
    with pytest.raises(ValueError, match=message):
        activation_atlas(**{**QUICK, **wrong})
