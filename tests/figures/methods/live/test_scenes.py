"""A scene begins with a family or a picture."""

import numpy as np
import pytest

from figures.methods import datasets, models
from figures.methods.exported.exported import Exported
from figures.methods.live import scenes


def written(size: int) -> Exported:
    return Exported(np.array("{}"), np.zeros(size, np.uint8))


def test_an_angle_is_told_in_whole_degrees_within_a_turn():
    assert [scenes.nearest_angle(one) for one in (0.4, 89.5, 359.7)] == [0.0, 90.0, 0.0]


def test_a_shape_is_shown_by_itself_and_then_in_its_textures():
    shown = scenes.pictures(models.load("glyphs"), datasets.load("glyphs:8"), ("3",), ("star",), ("dots", "wood"))
    assert shown.names == ("3", "star", "star in dots", "star in wood")
    assert len(np.unique(shown.images, axis=0)) == 4


def test_shapes_need_textures():
    with pytest.raises(ValueError, match="content without style; expected shapes in `content`"):
        scenes.pictures(models.load("glyphs"), datasets.load("glyphs:8"), (), ("star",))


def test_what_cannot_follow_a_hand_has_no_handles_and_needs_pictures():
    model, data, large = models.load("glyphs"), datasets.load("glyphs:8"), written(scenes.HANDLED_BYTES + 1)
    shown = scenes.pictures(model, data, ("3",))
    assert scenes.of_whole(model, shown, large).seconds == ()
    assert scenes.of_whole(model, shown, written(1)).first == "3"
    with pytest.raises(ValueError, match=r"4\.0 MB of weights .* expected `images`"):
        scenes.of_whole(model, scenes.pictures(model, data, ()), large)
