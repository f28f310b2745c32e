"""Moments of all positions."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from figures.methods.scan.batch import Batch
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


def test_moments_are_those_of_doubles(maps):
    found = tallied(maps, np.arange(COUNT), 6).result()
    flat = np.moveaxis(maps, 1, 0).reshape(CHANNELS, -1).astype(np.float64)
    assert np.allclose(found["mean"], flat.mean(axis=1), rtol=1e-6, atol=1e-6)
    assert np.allclose(found["rectified_std"], np.maximum(flat, 0).std(axis=1), rtol=1e-2, atol=1e-2)
    assert np.allclose(found["std"][[0, 2, 4]], flat.std(axis=1)[[0, 2, 4]], rtol=1e-5)
