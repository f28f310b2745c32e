"""Places lie between two classes by a difference that is scaled and cut, and never moved."""

from __future__ import annotations

import numpy as np
import pytest

from figures.methods.comparison import axis

NUMBERS = np.random.default_rng(0)
FIRST, SECOND = NUMBERS.normal(size=300), NUMBERS.normal(size=300) + 0.5


def test_swapping_classes_mirrors_the_axis() -> None:
    assert np.array_equal(axis.scaled(SECOND - FIRST), -axis.scaled(FIRST - SECOND))


def test_the_scale_is_the_99th_percentile_and_zero_stays_zero() -> None:
    difference = np.arange(-100.0, 101)
    assert axis.scale(difference) == np.percentile(np.abs(difference), 99)
    x = axis.scaled(difference + 40)
    assert x[60] == 0
    assert (x.min(), x.max()) == (pytest.approx(-60 / axis.scale(difference + 40)), 1)
    assert axis.scaled(np.zeros(4)).tolist() == [0] * 4


def test_kept_are_those_of_either_class_and_the_largest_above_zero() -> None:
    first, second = np.array([3.0, 2, 1, -1, 0, 0]), np.array([0.0, 0, -2, -3, 5, 0])
    best = np.array([9, 9, 9, 1, 9, 9])
    assert axis.kept(first, second, best, (0, 1), 2).tolist() == [0, 1, 3, 4]
    assert axis.kept(second, first, best, (1, 0), 2).tolist() == [0, 1, 3, 4]


def test_a_place_on_a_border_belongs_to_one_cell() -> None:
    assert axis.column(np.array([-1, -0.8, 0, 1]), 10).tolist() == [0, 0 if (-0.8 + 1) / 2 * 10 < 1 else 1, 5, 9]
    assert axis.row(np.array([0, 0.1, 0.5, 1]), 10).tolist() == [0, 1, 5, 9]


@pytest.mark.slow
def test_a_seed_fixes_the_line_and_groups_stay_together_on_it() -> None:
    directions = np.repeat(np.eye(6)[:2], 10, axis=0) + np.random.default_rng(1).normal(scale=0.01, size=(20, 6))
    lengths = np.linspace(1, 50, 20)[:, None]
    points = axis.line((directions * lengths).astype(np.float32), seed=1).points
    assert np.array_equal(points, axis.line((directions * lengths).astype(np.float32), seed=1).points)
    assert (points.min(), points.max()) == (0, 1)
    low, high = sorted((points[:10], points[10:]), key=np.mean)
    assert low.max() < high.min()
