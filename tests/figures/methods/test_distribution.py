"""Densities, and exponentials that are found where they were planted."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from figures.methods import distribution
from tests.figures.unit_scans import unit_scan

EDGES = np.arange(-40, 41) * 0.25


def planted(positive: float, negative: float) -> distribution.Distribution:
    left = EDGES[:-1]
    counts = np.round(np.where(left >= 0, 1e6 * np.exp(-left / positive), 1e6 * np.exp(left / negative)))
    scanned = replace(unit_scan(np.zeros(1)), edges=EDGES, histogram=counts.astype(int), mean=0.0, std=1.0)
    return distribution.Distribution("a:1", scanned, True, distribution.tails(scanned, 1.0, 4.0))


def test_planted_tails_are_found_on_both_sides() -> None:
    fits = planted(1.5, 0.8).tails
    assert fits["positive"].scale == pytest.approx(1.5, rel=1e-3)
    assert fits["negative"].scale == pytest.approx(0.8, rel=1e-2)
    assert fits["positive"].r2 > 0.999
    assert (fits["positive"].low, fits["positive"].high) == (1, 4)
    assert (fits["negative"].low, fits["negative"].high) == (-4, -1)


def test_the_table_holds_density_lines_and_what_is_left() -> None:
    seen = planted(1.5, 0.5)
    columns = {name: np.asarray(column, float) for name, column in seen.columns().items()}
    assert (columns["density"] * 0.25).sum() == pytest.approx(1)
    assert columns["share_from_here"][0] == 1
    zero = columns["bin_left"] == 0
    assert columns["share_from_here"][zero] == pytest.approx(seen.scanned.share_firing)
    inside = (np.abs(columns["bin_left"]) >= 1) & (np.abs(columns["bin_left"]) <= 4)
    assert (~np.isnan(columns["ln_density_fitted"]) == inside).all()
    assert np.allclose(columns["ln_density"][inside], columns["ln_density_fitted"][inside], atol=0.02)
    empty = columns["positions"] == 0
    assert empty.any()
    assert np.isnan(columns["ln_density"][empty]).all()


def test_a_tail_that_begins_below_zero_is_fitted_on_its_own_side() -> None:
    density = distribution.density(EDGES, 1e6 * np.exp(-EDGES[:-1] / 2))
    fit = distribution.tail(EDGES, density, -1.0, 6.0, 1)
    assert fit.scale == pytest.approx(2)
    assert fit.r2 == pytest.approx(1)
    assert fit.log_density(np.array([-1.0, 5.0])) == pytest.approx(np.log(density[[36, 60]]))
    assert distribution.tail(EDGES, density, -1.0, 6.0, -1) is None


FEW_EDGES = np.array([-2.0, -1.0, 0.0, 1.0, 2.0, 3.0])
HISTOGRAM = np.array([40, 30, 20, 8, 2])


def test_an_exponential_tail_is_recovered():
    edges = np.arange(-60, 61) * 0.25
    left = edges[:-1]
    made = np.where(left >= 0, np.exp(-left / 2.0), np.exp(left / 3.5))
    right, negative = distribution.tail(edges, made, 1, 12), distribution.tail(edges, made, -12, -1)
    assert (right.scale, right.r2) == pytest.approx((2.0, 1.0), abs=1e-9)
    assert negative.scale == pytest.approx(3.5, abs=1e-9)
    assert right.log_density(np.array([4.0])) == pytest.approx(-2.0)
    assert distribution.tail(edges, np.exp(left), 1, 12) is None
    assert distribution.tail(edges, made, 1, 1.3) is None


def test_firing_is_counted_by_left_edges():
    assert distribution.share_firing(FEW_EDGES, HISTOGRAM) == pytest.approx(0.30)
    assert np.allclose(distribution.density(FEW_EDGES, HISTOGRAM) * np.diff(FEW_EDGES), HISTOGRAM / 100)
