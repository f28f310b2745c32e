"""The figure of crops sets twins beside each other, and lists the share of each gradient."""

from __future__ import annotations

from figures.artifact import pack
from figures.gallery.top_patches import top_patches


def test_crops_and_their_gradients_are_twins():
    made = top_patches(units=("conv1:3", "conv1:7-"), model="glyphs", dataset="glyphs:8", count=4, method="gradient")
    assert pack(made)
    assert [(part.block, part.twins, len(part.tiles)) for part in made.parts] == [(4, True, 8)] * 2
    assert len(made.table.rows) == 8
    assert {"image", "y", "x", "activation", "share of gradient in crop"} <= {*made.table.columns}
    assert made.values["strongest"] >= made.values["weakest"]
