"""Crops are those of the scan, each with what moves the unit there."""

from __future__ import annotations

import numpy as np
import pytest

from figures.methods import chosen_crops, datasets, examples, models
from figures.methods.patches import top_patches

UNIT = "mixed3a:40"


@pytest.fixture(scope="module")
def network():
    return models.load("glyphs")


@pytest.fixture(scope="module")
def data():
    return datasets.load("glyphs:8")


def test_crops_are_those_of_the_scan_and_reach_the_activations_it_found(network, data):
    seen = top_patches.of(network, data, (UNIT, "conv2:3-"), 3, "guided")
    (one, other), (crops, _) = seen.units, examples.of(network, data, (UNIT, "conv2:3-"), 3)
    assert np.array_equal(one.crops.pictures, crops.pictures)
    assert one.patches.value == pytest.approx(crops.positions.value, abs=1e-4)
    assert -other.patches.value == pytest.approx(other.crops.positions.value, abs=1e-4)
    assert one.patches.images.shape == crops.pictures.shape
    assert seen.columns()["unit"] == [UNIT] * 3 + ["conv2:3-"] * 3
    assert chosen_crops.places(crops.positions.places)[0][0] == seen.columns()["image"][0]


def test_units_at_one_position_have_no_top_crops(network, data):
    with pytest.raises(ValueError, match="expected a whole channel, mixed3a:40"):
        top_patches.of(network, data, (f"{UNIT}@3,3",), 3, "guided")
