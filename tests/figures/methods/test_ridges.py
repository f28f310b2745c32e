"""The cheapest ways over maps whose valleys are known."""

import numpy as np
import pytest

from figures.methods import ridges


def test_the_cheapest_way_follows_the_valley() -> None:
    cost = np.full((5, 5), 50.0)
    valley = [(0, 0), (1, 0), (2, 0), (3, 1), (3, 2), (3, 3), (2, 4), (1, 4), (0, 4)]
    for cell in valley:
        cost[cell] = 1.0
    assert ridges.cheapest(cost, valley[0], valley[-1]) == valley
    assert ridges.cheapest(np.ones((4, 4)), (1, 1), (1, 1)) == [(1, 1)]


def test_lines_keep_to_the_ridge() -> None:
    mass = np.zeros((16, 16))
    mass[8, 3:13] = 1.0
    lines = ridges.along_ridges(mass, 6, 5, seed=0)
    assert lines.shape == (6, 5, 2)
    np.testing.assert_allclose(lines[..., 1], 8)
    with pytest.raises(ValueError, match="flat"):
        ridges.along_ridges(np.ones((4, 4)), 1, 5, seed=0)


def test_a_diagonal_step_is_as_long_as_it_is() -> None:
    assert ridges.cheapest(np.ones((5, 5)), (0, 0), (4, 4)) == [(at, at) for at in range(5)]
    way = ridges.cheapest(np.ones((3, 9)), (1, 0), (1, 8))
    assert way == [(1, at) for at in range(9)]


def test_lines_are_the_same_for_a_seed_and_stay_on_the_map() -> None:
    mass = np.random.default_rng(0).random((12, 20))
    lines = ridges.along_ridges(mass, 5, 4, seed=3)
    np.testing.assert_array_equal(lines, ridges.along_ridges(mass, 5, 4, seed=3))
    assert not np.array_equal(lines, ridges.along_ridges(mass, 5, 4, seed=4))
    assert lines.min() >= 0
    assert lines[..., 0].max() <= 19
    assert lines[..., 1].max() <= 11


def test_points_lie_at_equal_steps() -> None:
    line = ridges._evenly(np.array([[0.0, 0.0], [3.0, 0.0], [3.0, 1.0]]), 5)
    assert line == pytest.approx(np.array([[0, 0], [1, 0], [2, 0], [3, 0], [3, 1]]))
