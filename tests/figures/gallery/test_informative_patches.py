"""The patches that say most for classes, on glyphs."""

from __future__ import annotations

from figures.artifact import pack
from figures.gallery.informative_patches import informative_patches


def test_patches_of_classes_are_drawn():
    made = informative_patches(model="glyphs-bag-9", dataset="glyphs:20", classes=("star", "disc"), count=2, tile=16)
    assert pack(made)
    assert [part.title for part in made.parts] == ["star", "disc"]
    assert made.values["patches"] == 4
