"""One position of each of so many images, chosen by numbers."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from figures.methods.scan.batch import Batch, image_chances
from figures.methods.scan.tally import Depth, Tally

DEPTH = Depth(top=4, bins=16, samples_per_bin=3, reservoir=9, seed=5)


COUNT, CHANNELS, HEIGHT, WIDTH = 40, 5, 3, 4


@pytest.fixture(scope="module")
def maps() -> np.ndarray:
    """Channels of many kinds: gaussian, far from zero, rectified, constant, few values with ties."""
    rng = np.random.default_rng(0)
    values = rng.standard_normal((COUNT, CHANNELS, HEIGHT, WIDTH)).astype(np.float32)
    values[:, 0] *= np.linspace(0.01, 9, COUNT, dtype=np.float32)[:, None, None]  # the bins must grow
    values[:, 1] += 1000
    values[:, 2] = np.maximum(values[:, 2], 0)
    values[:, 3] = 1234.5
    values[:, 4] = np.round(values[:, 4] * 2) / 2
    return values


def tallied(maps: np.ndarray, images: np.ndarray, batch: int, depth: Depth = DEPTH) -> Tally:
    tally = Tally(maps.shape[1], depth)
    for start in range(0, len(images), batch):
        some = images[start : start + batch]
        part = torch.from_numpy(maps[some]).contiguous(memory_format=torch.channels_last)
        tally.add(Batch(part, some, depth.seed))
    return tally


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
