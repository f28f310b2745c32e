"""Rates and the ends between which they may lie."""

from __future__ import annotations

import math

import pytest

from figures.methods.rates import Rate, wilson


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
