"""Noise by counting: it is that of the glyphs' counter, and near Gaussian."""

from __future__ import annotations

import numpy as np
import torch

from figures.glyphs import counter
from figures.methods.feature_visualization import noise

SEEDS = (3, 2**62 + 1)


def test_it_is_the_mixer_of_the_counter():
    starts = noise.starts(SEEDS, 2)
    key = counter.keys(SEEDS[1], np.arange(2))[1:]
    start = int(key.astype(np.uint32)[0])
    x = (start + np.arange(3 * 5 * 5, dtype=np.uint64) * 0x9E3779B9).astype(np.uint32)
    bytes_ = counter._mix32(x).view(np.uint8).reshape(-1, 4).astype(np.float32)
    expected = (bytes_.sum(axis=1) - 510) / np.float32(147.8)
    assert np.allclose(noise.noise(starts[1], 3, 5)[1].flatten().numpy(), expected, atol=1e-6)


def test_it_is_near_gaussian_and_differs_from_step_to_step_and_picture_to_picture():
    starts = noise.starts(SEEDS, 2)
    drawn = torch.stack([noise.noise(one, 3, 64) for one in starts]).flatten(2).flatten(0, 1)
    assert drawn.mean(dim=1).abs().max() < 0.03
    assert (drawn.std(dim=1) - 1).abs().max() < 0.03
    assert (torch.corrcoef(drawn) - torch.eye(4)).abs().max() < 0.04
    assert 0.66 < float((drawn.abs() < 1).float().mean()) < 0.70


def test_a_picture_has_the_same_alone():
    starts = noise.starts(SEEDS, 1)[0]
    assert torch.equal(noise.noise(starts[:1], 1, 8), noise.noise(starts, 1, 8)[:1])
