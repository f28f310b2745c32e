"""Moments of all positions."""

from __future__ import annotations

import numpy as np

from tests.figures.methods.tallied_maps import CHANNELS, COUNT, tallied


def test_moments_are_those_of_doubles(maps):
    found = tallied(maps, np.arange(COUNT), 6).result()
    flat = np.moveaxis(maps, 1, 0).reshape(CHANNELS, -1).astype(np.float64)
    assert np.allclose(found["mean"], flat.mean(axis=1), rtol=1e-6, atol=1e-6)
    assert np.allclose(found["rectified_std"], np.maximum(flat, 0).std(axis=1), rtol=1e-2, atol=1e-2)
    assert np.allclose(found["std"][[0, 2, 4]], flat.std(axis=1)[[0, 2, 4]], rtol=1e-5)
