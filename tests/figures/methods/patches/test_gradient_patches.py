"""Patches are cut as crops are, and a place's is the same alone and in any batch."""

from __future__ import annotations

import numpy as np
import pytest

from figures.methods import datasets, models
from figures.methods.patches import slopes
from figures.methods.patches.gradient_patches import gradient_patches

UNIT = "mixed3a:40"


@pytest.fixture(scope="module")
def network():
    return models.load("glyphs")


@pytest.fixture(scope="module")
def data():
    return datasets.load("glyphs:8")


def test_a_patch_is_the_gradient_where_the_crop_lies(network, data):
    place = (3, 4, 15)
    found = gradient_patches(network, data, [place], unit=UNIT, method="guided")
    images = data.images([3])
    whole = slopes.slopes(network, network.unit(UNIT), "guided", images, [place[1:]]).gradients[0].numpy()
    # Position (4, 15) sees 30 px from (3, 47) on, moved inside: 34 is the last column to begin at.
    assert np.abs(found.images[0].astype(int) - slopes.greyed(whole[:, 3:33, 34:64])).max() <= 1
    assert found.within == pytest.approx([1.0])


def test_a_place_is_the_same_alone_and_in_company(network, data):
    places = [(0, 4, 4), (1, 8, 2), (5, 15, 0)]
    together = gradient_patches(network, data, places, unit=UNIT, method="gradient")
    alone = gradient_patches(network, data, places[1:2], unit=UNIT, method="gradient")
    assert np.abs(together.images[1].astype(int) - alone.images[0]).max() <= 1
    for name in ("scale", "value", "within"):
        assert getattr(together, name)[1] == pytest.approx(getattr(alone, name)[0], rel=1e-4)
