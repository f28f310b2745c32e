"""Samples of each bin of a histogram are chosen by keys, whatever came first."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from figures.methods.scan.batch import Batch, position_keys, spots
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


def test_samples_are_the_positions_of_each_bin_with_the_smallest_keys(maps):
    found = tallied(maps, np.arange(COUNT), 6).result()
    spot = spots(np.arange(COUNT)[:, None], np.arange(HEIGHT * WIDTH)).reshape(-1)
    key = position_keys(DEPTH.seed, spot)
    for channel in range(CHANNELS):
        values = maps[:, channel].reshape(-1)
        bins = np.searchsorted(found["edges"][channel], values.astype(np.float64), side="right") - 1
        for bin_ in range(DEPTH.bins):
            inside = np.flatnonzero(bins == bin_)
            best = inside[np.argsort(key[inside])][: DEPTH.samples_per_bin]
            number = len(best)
            got = {name: found[f"sample_{name}"][channel, bin_] for name in ("image", "y", "x", "value")}
            assert got["image"][:number].tolist() == (best // (HEIGHT * WIDTH)).tolist()
            assert (got["y"] * WIDTH + got["x"])[:number].tolist() == (best % (HEIGHT * WIDTH)).tolist()
            assert got["value"][:number].tolist() == values[best].tolist()
            assert (got["image"][number:] == -1).all()
            assert np.isnan(got["value"][number:]).all()
