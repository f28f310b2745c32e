"""Activations are counted in bins that fit all of them."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from figures.methods.scan import histogram
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


def test_counts_are_those_of_numpy(maps):
    found = tallied(maps, np.arange(COUNT), 6).result()
    for channel in range(CHANNELS):
        values, edges = maps[:, channel].flatten().astype(np.float64), found["edges"][channel]
        expected = [((values >= low) & (values < high)).sum() for low, high in zip(edges, edges[1:], strict=False)]
        assert found["histogram"][channel].tolist() == expected
        assert sum(expected) == values.size


def test_bins_are_the_narrowest_of_a_power_of_two_that_hold_all(maps):
    edges = tallied(maps, np.arange(COUNT), 6).result()["edges"]
    widths = np.diff(edges)
    assert (widths == widths[:, :1]).all()
    assert np.array_equal(np.log2(widths), np.round(np.log2(widths)))
    for channel in (0, 1, 2, 4):
        low, high, half = maps[:, channel].min(), maps[:, channel].max(), widths[channel, 0] / 2
        assert np.floor(high / half) - np.floor(low / half) + 1 > DEPTH.bins


@pytest.mark.parametrize("batch", [6, 40])
def test_samples_that_are_sorted_on_the_device_are_those_that_are_sorted_here(maps, batch, monkeypatch):
    here = tallied(maps, np.arange(COUNT), batch).result()
    monkeypatch.setattr(histogram, "SORTING", {"cpu"})
    monkeypatch.setattr(histogram, "LARGE_BLOCK", 7 * CHANNELS)
    there = tallied(maps, np.arange(COUNT), batch).result()
    assert here.keys() == there.keys()
    assert all(np.array_equal(here[name], there[name], equal_nan=True) for name in here)


def test_equal_keys_go_by_position():
    limit = torch.full((1, 2), 99)
    row, channel = histogram.smallest(torch.zeros(5, 1, dtype=torch.uint8), torch.tensor([7, 3, 3, 100, 3]), limit, 2)
    assert (row.tolist(), channel.tolist()) == ([1, 2], [0, 0])
