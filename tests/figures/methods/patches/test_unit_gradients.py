"""A unit is followed back from where it answers most, in each of several pictures."""

from __future__ import annotations

import numpy as np
import pytest

from figures.methods import datasets, models
from figures.methods.patches import unit_gradients
from figures.methods.patches.unit_gradients import gradients
from figures.methods.saliency.target import strongest
from tests.figures.patched import unit_gradient
from tests.figures.small_networks import convolutional, model, picture


def test_units_are_read_where_they_answer_most_in_each_picture():
    network = models.load("glyphs")
    units, asked = ("mixed3a:40", "mixed3a:3@2,5"), ("guided", "gradient", "guided")
    seen = unit_gradients.of(network, datasets.load("glyphs:8"), ("3", "5"), units, asked)
    assert seen.methods == ("guided", "gradient")
    assert [(one.unit, one.word) for one in seen.several] == [
        (unit, f"image {image} of glyphs:8") for unit in units for image in (3, 5)
    ]
    first, placed = seen.several[0], seen.several[2]
    assert first.place == strongest(network, "mixed3a:40", image=first.picture).pair
    assert placed.place == (2, 5)
    assert all(one.within(index) == pytest.approx(1) for one in seen.several for index in range(2))
    assert seen.sees == {"mixed3a": "30 px, 47 % of 64"}
    assert len(seen.columns()["unit"]) == 8


def test_a_method_is_the_same_alone_and_in_company():
    how = {"unit": "2:4", "place": (1, 2), "image": picture().numpy()}
    together = gradients(model(convolutional), ("guided", "gradient"), **how)
    alone = gradients(model(convolutional), ("gradient",), **how)
    assert np.array_equal(together.gradients[1], alone.gradients[0])
    assert together.value[1] == alone.value[0]


@pytest.mark.parametrize(
    ("changed", "inactive"),
    [({}, False), ({"value": -0.5}, True), ({"value": -0.5, "unit": "a:1-"}, False), ({"value": -0.5, "rectified": False}, False)],
)  # fmt: skip
def test_inactive_is_what_a_rectifier_stops(changed, inactive):
    assert unit_gradient(**changed).is_inactive is inactive
