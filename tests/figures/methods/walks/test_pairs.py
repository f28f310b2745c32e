"""Two units are read at one place of every image that can be decoded."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch

from figures.methods.activations import activations
from figures.methods.datasets.held import Held
from figures.methods.walks.pairs import Pairs, _within, pairs
from tests.figures import small_networks as small


def data(count: int = 5) -> Held:
    return Held("made", torch.stack([small.picture(seed) for seed in range(count)]), (), ())


def test_the_lower_unit_is_read_where_the_upper_one_answers_most() -> None:
    model, images = small.model(small.biased), data().images(range(5))
    seen = pairs(model, data(), "3:2", "0:1")
    above, below = (activations(model, images, layer)[:, unit].numpy() for layer, unit in (("3", 2), ("0", 1)))
    assert seen.image.tolist() == [0, 1, 2, 3, 4]
    for at in range(5):
        row, column = np.unravel_index(above[at].argmax(), above[at].shape)
        assert seen.upper[at] == pytest.approx(above[at, row, column], abs=1e-6)
        # A position of the upper map stands for two rows and two columns of the lower one.
        there = below[at, 2 * row : 2 * row + 2, 2 * column : 2 * column + 2]
        assert seen.lower[at] == pytest.approx(there.max(), abs=1e-6)


def test_of_a_class_the_lower_unit_is_read_where_it_answers_most_itself() -> None:
    model = small.model(small.biased)
    seen = pairs(model, data(), "logits:1", "3:4-")
    lowest = activations(model, data().images(range(5)), "3")[:, 4].amin(dim=(1, 2))
    assert np.allclose(seen.lower, lowest, atol=1e-6)


@pytest.mark.parametrize(("upper", "at", "expected"), [("3", 0, (0, 2)), ("3", 3, (6, 8)), ("0", 5, (5, 6))])
def test_a_position_stands_for_so_many_of_a_finer_map(upper: str, at: int, expected: tuple[int, int]) -> None:
    model = small.model(small.biased)
    rows = _within(model, (model.unit(f"{upper}:0"), model.unit("0:1")), at, 8)
    assert (rows.start, rows.stop) == expected


def test_the_correlation_is_that_of_the_two() -> None:
    ones = np.arange(4.0)
    assert Pairs(np.arange(4), ones, 3 * ones + 1).correlation == pytest.approx(1)
    assert Pairs(np.arange(4), ones, -ones).correlation == pytest.approx(-1)
    assert math.isnan(Pairs(np.arange(4), ones, np.ones(4)).correlation)
    assert math.isnan(Pairs(np.arange(1), ones[:1], ones[:1]).correlation)
