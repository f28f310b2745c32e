"""Rates and the ends between which they may lie."""

from __future__ import annotations

import math

import numpy as np
import pytest

from figures.methods.rates import Rate, wilson, wilson_ends


def test_the_ends_lie_around_the_share_and_come_closer_with_trials() -> None:
    few, many = Rate(3, 4), Rate(300, 400)
    for rate in (few, many):
        low, high = rate.ends
        assert 0 <= low < rate.share == 0.75 < high <= 1
    assert many.ends[1] - many.ends[0] < (few.ends[1] - few.ends[0]) / 5


def test_without_trials_everything_may_be() -> None:
    assert math.isnan(Rate(0, 0).share)
    assert Rate(0, 0).ends == (0.0, 1.0)


@pytest.mark.parametrize(("hits", "n"), [(0, 10), (10, 10), (5, 10)])
def test_the_interval_is_where_the_score_test_does_not_refuse(hits: int, n: int) -> None:
    low, high = wilson(hits, n)
    for end in (low, high):
        if 1e-9 < end < 1 - 1e-9:
            assert abs(hits / n - end) == pytest.approx(1.959963984540054 * math.sqrt(end * (1 - end) / n))
    assert low == pytest.approx(1 - wilson(n - hits, n)[1])


def test_wilson_intervals_hold_the_truth_as_often_as_they_say():
    random, truth, number = np.random.default_rng(0), 0.3, 24
    low, high = wilson_ends(random.binomial(number, truth, 20_000) / number, np.full(20_000, number))
    assert ((low <= truth) & (truth <= high)).mean() == pytest.approx(0.95, abs=0.02)
    assert wilson_ends(np.array([1.0]), np.array([8.0]))[1] == pytest.approx(1)
    assert np.isnan(wilson_ends(np.array([0.5]), np.array([0.0]))).all()
