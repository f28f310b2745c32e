"""What a caption must say of how units were read."""

from figures.methods import models
from figures.methods.reading import reading


def test_units_of_a_rectified_layer_are_read_around_the_middle() -> None:
    model = models.load("glyphs")
    told = reading(model, ("mixed3b:3", "mixed3b:4"))
    assert told.reach_px > 0
    assert told.reach_px % model.receptive_field("mixed3b").stride_px == 0
    assert (told.placed, told.unrectified, told.beyond) == ((), (), ())
    assert told.rectified
    assert not told.lowered


def test_a_position_a_minus_and_a_class_are_told() -> None:
    told = reading(models.load("glyphs"), ("mixed3b:3@2,5", "mixed3b:4@1,1-", "shape:1"))
    assert told.placed == ("mixed3b:3@2,5", "mixed3b:4@1,1-")
    assert told.unrectified == ("shape",)
    assert told.rectified
    assert told.lowered


def test_units_with_positions_have_no_reach() -> None:
    assert reading(models.load("glyphs"), ("mixed3b:3@2,5",)).reach_px == 0
