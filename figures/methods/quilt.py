"""Random positions of every strength of a unit's activation: columns of a quilt, none of them picked by hand.

After Cammarata et al. (2020, "Curve Detectors", section "The activation spectrum"): columns are bins
of the pre-activation over a data set, the two outer ones open. We differ in choosing the bins'
width, a round number, by the unit's own range.
"""

from __future__ import annotations

import math

import numpy as np

from figures.methods.scan import Positions, UnitScan

ROUND = (1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0)
FEWEST = 3


def inner_edges(edges: np.ndarray, histogram: np.ndarray, bins: int, least: int) -> np.ndarray:
    """Return the edges between `bins` columns, (bins - 1,): round multiples of a round width, so that zero may be one.

    The width is the largest that leaves both outer, open columns at least `least` positions, as
    far as `edges` (n + 1,) and `histogram` (n,) tell, and the columns lie in the middle of what
    is left. Raises ValueError for fewer than three bins, or where the histogram holds one value.
    """
    if bins < FEWEST:
        raise ValueError(f"bins {bins}; expected at least {FEWEST}")
    below, above = np.cumsum(histogram), np.cumsum(histogram[::-1])[::-1]
    low, high = edges[1:][below >= least], edges[:-1][above >= least]
    if not len(low) or not len(high) or high[-1] <= low[0]:
        raise ValueError(f"{int(np.sum(histogram))} positions in {int(np.sum(histogram > 0))} bins; expected a range")
    step = _width(float(low[0]), float(high[-1]), bins - 2)
    first = math.ceil(low[0] / step - 1e-9)
    spare = math.floor(high[-1] / step + 1e-9) - first - (bins - 2)
    return (first + spare // 2 + np.arange(bins - 1)) * step


def _width(low: float, high: float, steps: int) -> float:
    """Return the largest round width of which `steps` fit between two numbers, from a multiple to a multiple."""
    exponent = math.floor(math.log10((high - low) / steps))
    widths = [base * 10.0**power for power in (exponent + 1, exponent, exponent - 1) for base in ROUND[::-1]]
    return next(
        width
        for width in widths
        if math.floor(high / width + 1e-9) - math.ceil(low / width - 1e-9) >= steps
    )  # fmt: skip


def column_of(values: np.ndarray, inner: np.ndarray) -> np.ndarray:
    """Return the column of each value; columns are closed on the left."""
    return np.searchsorted(inner, values, side="right")


def draw(scanned: UnitScan, inner: np.ndarray, count: int, seed: int = 0) -> Positions:
    """Draw up to `count` positions of each column (bins, count) from the samples of a scan, in random order.

    The scan keeps equally many of each of its finer bins, however common; here a finer bin is
    drawn from as often as it is common, until its samples are used up. Positions of one image
    may come more than once, one position may not.
    """
    have, samples = scanned.samples.there, scanned.samples.known
    fine = np.broadcast_to(np.arange(len(have))[:, None], have.shape)[have]
    rate = (scanned.histogram / np.maximum(have.sum(axis=1), 1))[fine]
    column = column_of(samples.value, inner)
    return samples.at(_drawn(column, rate, len(inner) + 1, count, np.random.default_rng(seed)))


def _drawn(column: np.ndarray, rate: np.ndarray, columns: int, count: int, random: np.random.Generator) -> np.ndarray:
    """Return rows of entries (columns, count) drawn without replacement as often as `rate` says, or -1.

    The entries with the smallest exponential times, rates their rates (Efraimidis and Spirakis, 2006).
    """
    time = random.exponential(size=len(rate)) / rate
    rows = np.full((columns, count), -1)
    for one in range(columns):
        there = np.flatnonzero(column == one)
        first = there[np.argsort(time[there], kind="stable")][:count]
        rows[one, : len(first)] = first
    return rows
