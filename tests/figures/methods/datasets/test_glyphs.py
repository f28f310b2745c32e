"""The drawings as a data set: of any size, grey or coloured, and in parts."""

from __future__ import annotations

import pytest
import torch

from figures.methods import datasets


def test_glyphs_are_resized_and_made_grey():
    data = datasets.load("glyphs:8")
    assert torch.equal(data.sized(64, 3).images([1, 2]), data.images([1, 2]))
    grey = data.sized(32, 1).images([1, 2])
    assert grey.shape == (2, 1, 32, 32)
    assert float((grey.mean() - data.sized(64, 1).images([1, 2]).mean()).abs()) < 1e-3
    assert data.images([1], 128).shape == (1, 3, 128, 128)
    with pytest.raises(ValueError, match="not 13"):
        data.sized(64, 13).images([0])


def test_parts_of_glyphs_are_the_same_whatever_the_whole():
    small, large = datasets.load("glyphs:40"), datasets.load("glyphs:90")
    assert small.part(10, 30).digest == large.part(10, 30).digest != large.part(10, 31).digest
    assert torch.equal(large.part(10, 30).part(5, 9).images([2]), small.images([17]))
    assert small.part(10, 99).count == 30
    assert small.part(10, 30).parameters([0]).shape == small.parameters([10]).shape
    assert len({small.digest, small.sized(32, 3).digest, small.sized(64, 1).digest}) == 3
