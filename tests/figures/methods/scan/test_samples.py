"""Samples of each bin of a histogram are chosen by keys, whatever came first."""

from __future__ import annotations

import numpy as np

from figures.methods.scan.batch import position_keys, spots
from tests.figures.methods.tallied_maps import CHANNELS, COUNT, DEPTH, HEIGHT, WIDTH, tallied


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
