"""Activations are counted in bins that fit all of them."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from figures.methods.scan import histogram
from tests.figures.methods.tallied_maps import CHANNELS, COUNT, DEPTH, tallied


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
