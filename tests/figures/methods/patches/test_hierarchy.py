"""Layers stand in the network's order, and units are chosen by how sparsely they answer."""

from __future__ import annotations

import numpy as np
import pytest

from figures.methods import datasets, models
from figures.methods.feature_visualization import Recipe
from figures.methods.patches import hierarchy
from figures.methods.patches.hierarchy import Wish
from tests.figures import patched


def test_layers_are_chosen_in_even_steps():
    assert hierarchy.evenly("abcdef") == list("abcdf")
    assert hierarchy.evenly("abcdefghi") == list("acegi")
    assert hierarchy.evenly("ab") == list("ab")


def test_sparseness_is_0_for_one_that_never_changes_and_near_1_for_one_that_answers_rarely():
    rare = np.array([10.0] + [0.0] * 99)
    scanned = patched.layer_scan((2.0, float(rare.mean()), 0.0), (0.0, float(rare.std()), 0.0))
    assert hierarchy.sparseness(scanned).tolist() == pytest.approx([0, 0.99, 0])


def test_units_that_too_few_images_drive_come_last():
    top = np.array([[4.0, 3, 2, 1], [9, -1, -1, -1], [4, 4, 4, 4]])
    scanned = patched.layer_scan((0.5, 0.1, 0.5), (0.5, 0.9, 0.8), top)
    assert hierarchy.sparsest(scanned, 3, 4) == ["a:2", "a:0", "a:1"]
    assert hierarchy.sparsest(scanned, 1, 1) == ["a:1"]


def test_rows_stand_in_the_order_of_the_network_and_hold_the_units_that_are_named():
    network, data = models.load("glyphs"), datasets.load("glyphs:4")
    wish = Wish(("crops", "gradients"), 2)
    seen = hierarchy.of(network, data, ("shape", "conv1"), ("conv2:5", "conv1:3-"), per_layer=2, wish=wish)
    assert [(level.layer, level.chosen, len(level.units)) for level in seen.levels] == [
        ("conv1", False, 1), ("conv2", False, 1), ("shape", True, 2),
    ]  # fmt: skip
    assert seen.levels[0].units == ("conv1:3-",)
    assert [level.portraits for level in seen.levels] == [None] * 3
    assert seen.levels[2].labels[0] in network.heads["shape"]
    assert seen.columns()["share of gradient in crops"] == pytest.approx([1.0] * 4)
    assert seen.columns()["activation of the visualization"] == [None] * 4


@pytest.mark.slow
def test_a_visualization_alone_needs_no_crops():
    network, data = models.load("glyphs"), datasets.load("glyphs:4")
    wish = Wish(("visualization",), 2, recipe=Recipe(steps=1))
    (level,) = hierarchy.of(network, data, ("conv1",), per_layer=2, wish=wish).levels
    assert level.portraits is not None
    assert level.portraits.units == level.units
    assert (level.crops, level.patches) == ((), ())


def test_kinds_have_an_order_and_the_nearest_name():
    assert hierarchy.kinds(("gradients", "crops")) == ("crops", "gradients")
    with pytest.raises(ValueError, match="did you mean 'gradients'"):
        hierarchy.kinds(("gradient",))
    with pytest.raises(ValueError, match="did you mean 'deconvolution'"):
        Wish(method="deconv")
