"""Fields of networks side by side: a chart of all, squares of each, and a table that stands open."""

from __future__ import annotations

import pytest

from figures.artifact import pack
from figures.gallery.receptive_fields import receptive_fields

QUICK = {"models": ("glyphs-shape", "glyphs-texture"), "dataset": "glyphs:8", "layers": ("conv1", "mixed3b")}


def test_networks_stand_side_by_side_and_accuracy_against_their_fields():
    made = receptive_fields(images=1, test_images=4, squares=1, **QUICK)
    record, _ = pack(made)
    assert [part.name for part in made.parts] == ["fields", "squares", "accuracy"]
    assert record["table"]["open"]
    assert made.values["field_glyphs-shape_mixed3b"] == 45
    assert made.values["verified"] == made.values["tried"] == 4


def test_a_layer_that_there_is_not_gives_the_nearest():
    with pytest.raises(ValueError, match="did you mean 'mixed3b'"):
        receptive_fields(**{**QUICK, "layers": ("mixed3bb",)}, images=0)


def test_a_picture_that_there_is_not_is_told():
    with pytest.raises(ValueError, match="glyphs:8 has images 0 to 7"):
        receptive_fields(image="9", images=0, test_images=0, **QUICK)
