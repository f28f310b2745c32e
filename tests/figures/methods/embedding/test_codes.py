"""Codes are what a layer answers, pooled and of length one."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from figures.methods.activations import activations
from figures.methods.datasets.held import Held
from figures.methods.embedding import codes as module
from figures.methods.embedding.codes import codes, spread
from tests.figures import small_networks

PICTURES = torch.rand(5, 3, 8, 8, generator=torch.Generator().manual_seed(0))
DATA = Held("some", PICTURES, tuple("abcde"))
NET = small_networks.model(small_networks.convolutional)
POOLED = {
    "mean": lambda maps: maps.mean(dim=(2, 3)),
    "max": lambda maps: maps.amax(dim=(2, 3)),
    "flat": lambda maps: maps.flatten(1),
}


@pytest.mark.parametrize("pool", POOLED)
def test_codes_are_pooled_maps_after_the_rectifier_of_length_one(pool):
    seen = codes(NET, DATA, "3", images=(0, 2, 4), pool=pool)
    expected = POOLED[pool](activations(NET, PICTURES[[0, 2, 4]], "3", pre=False)).numpy()
    assert seen.image.tolist() == [0, 2, 4]
    assert np.allclose(seen.vectors, expected / np.linalg.norm(expected, axis=1, keepdims=True), atol=1e-6)


def test_whole_maps_that_are_too_large_say_how_many_images_would_do(monkeypatch):
    monkeypatch.setattr(module, "MOST", 300)
    with pytest.raises(ValueError, match="96 numbers at 3; expected at most 3 images"):
        codes(NET, DATA, "3", images=tuple(range(5)), pool="flat")


def test_images_are_spread_evenly_over_the_data_set():
    assert spread(DATA, 3) == (0, 2, 4)
    assert spread(DATA, 100) == (0, 1, 2, 3, 4)
