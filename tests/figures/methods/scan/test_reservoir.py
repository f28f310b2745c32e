"""One position of each of so many images, chosen by numbers."""

from __future__ import annotations

import numpy as np

from figures.methods.scan.batch import image_chances
from tests.figures.methods.tallied_maps import COUNT, DEPTH, tallied


def test_the_reservoir_keeps_the_images_with_the_smallest_numbers(maps):
    found = tallied(maps, np.arange(COUNT), 6).result()
    chance = image_chances(DEPTH.seed, np.arange(COUNT))
    chosen = np.sort(np.argsort(chance[:, 0])[: DEPTH.reservoir])
    assert found["reservoir_image"].tolist() == chosen.tolist()
    at = maps[chosen, :, found["reservoir_y"], found["reservoir_x"]]
    assert np.array_equal(found["reservoir_vector"], at.astype(np.float16))


def test_places_of_the_reservoir_are_uniform():
    places = (image_chances(3, np.arange(12000))[:, 1] * 12).astype(int)
    assert np.abs(np.bincount(places) / 1000 - 1).max() < 0.15


def test_huge_activations_stay_finite_in_the_reservoir():
    huge = np.full((2, 1, 1, 1), 1e9, np.float32)
    assert np.isfinite(tallied(huge, np.arange(2), 2).result()["reservoir_vector"]).all()
