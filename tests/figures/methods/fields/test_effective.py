"""The square that holds 95 % of a gradient, on maps worked by hand and on small networks."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch
from torch import nn

from figures.methods import models
from figures.methods.datasets.held import Held
from figures.methods.fields.effective import effective, side


def spot(half: int, value: float = 1.0, size: int = 21) -> np.ndarray:
    """A square of equal numbers round the middle of nothing."""
    picture, middle = np.zeros((size, size)), size // 2
    picture[middle - half : middle + half + 1, middle - half : middle + half + 1] = value
    return picture


def test_an_even_square_is_held_but_for_its_rim():
    held = (0.95 - 25 / 49) / (1 - 25 / 49)  # of the outermost ring, from 5 to 7 px
    assert side(spot(3), 10) == pytest.approx(5 + 2 * held)
    assert side(spot(3, 7.5), 10) == side(spot(3), 10)


def test_one_pixel_is_within_itself_and_nothing_has_no_side():
    assert 0 < side(spot(0), 10) <= 1
    assert math.isnan(side(np.zeros((5, 5)), 2))


def test_a_middle_between_pixels_counts_whole_pixels():
    picture = np.zeros((8, 8))
    picture[3:5, 3:5] = 1
    assert 1 < side(picture, 3.5) <= 2


def test_what_lies_far_outside_widens_it_by_its_weight():
    far = spot(1)
    far[0, 0] = 9 * 0.06 / 0.94  # six percent of all
    assert side(far, 10) > 19 > 3 > side(spot(1), 10)


def test_a_layer_counts_no_more_than_it_sees_and_is_the_same_alone():
    def make() -> nn.Module:
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(0)
            return nn.Sequential(nn.Conv2d(3, 4, 3, padding=1), nn.ReLU(), nn.Conv2d(4, 4, 3, padding=1))

    model = models.made("effective-chain", make, size_px=16)
    data = Held("noise", torch.rand(3, 3, 16, 16, generator=torch.Generator().manual_seed(1)), ("a", "b", "c"))
    both = effective(model, data, ("0", "2"), images=3).side_px
    assert 1 < both[0] <= 3 < both[1] <= 5
    assert effective(model, data, ("2",), images=3).side_px == pytest.approx(both[1:])
