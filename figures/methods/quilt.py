"""Random positions of every strength of a unit's activation: columns of a quilt, none of them picked by hand.

After Cammarata et al. (2020, "Curve Detectors", section "The activation spectrum"): columns are bins
of the pre-activation over a data set, the two outer ones open. We differ in choosing the bins'
width, a round number, by the unit's own range.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from figures.methods import scan
from figures.methods.attribution import attributions
from figures.methods.datasets import Dataset
from figures.methods.layers import rectified
from figures.methods.models import Model
from figures.methods.pictures import pixels
from figures.methods.scan import Positions, UnitScan
from figures.units import Unit, whole_channel

ROUND = (1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0)
FEWEST = 3
MOST_TILES = 2000


@dataclass(frozen=True)
class Quilt:
    """Random positions for each range of a unit's activation, before the rectifier where one ends its layer.

    inner (columns - 1,): the edges between the columns, in standard deviations where `in_sigma`; the outer columns
    are open. patches (columns, rows * pages): page by page, row by row, none where a column has no more.
    """

    unit: Unit
    scanned: UnitScan
    rectified: bool
    in_sigma: bool
    inner: np.ndarray
    patches: Positions
    rows: int
    pages: int

    def columns(self) -> dict[str, Sequence[object] | np.ndarray]:
        """Return what a table lists of each patch: its column and the range of that, its page and row, its place."""
        column, rank = np.nonzero(self.patches.there)
        ends = np.array([np.nan, *(float(f"{edge:.6g}") for edge in self.inner), np.nan])
        shown = self.patches.known
        return {
            "bin": column + 1,
            "from": ends[:-1][column],
            "to": ends[1:][column],
            "page": rank // self.rows + 1,
            "row": rank % self.rows + 1,
            "image": shown.image,
            "y": shown.y,
            "x": shown.x,
            "activation": shown.value,
        }


def of(
    model: Model, dataset: Dataset, unit: str, *, bins: int, rows: int, pages: int, in_sigma: bool = False,
    seed: int = 0,
) -> Quilt:  # fmt: skip
    """Draw `rows` positions a page for each of `bins` columns.

    Raises ValueError for more than 2000 in all, or where the unit's activation is the same everywhere.
    """
    if bins * rows * pages > MOST_TILES:
        raise ValueError(f"{bins} columns of {rows} rows on {pages} pages; expected at most {MOST_TILES} images in all")
    target = whole_channel(model.unit(unit), minus=False)
    scanned = scan.of(model, dataset, target.layer, seed=seed).unit(target.index)
    scale = scanned.std if in_sigma else 1.0
    if not scale > 0:
        raise ValueError("the unit's activation is the same everywhere; there is no range to divide")
    inner = inner_edges(scanned.edges / scale, scanned.samples.there.sum(axis=1), bins, rows * pages)
    patches = draw(scanned, inner * scale, rows * pages, seed)
    return Quilt(target, scanned, rectified(model, target.layer), in_sigma, inner, patches, rows, pages)


def looks(model: Model, dataset: Dataset, seen: Quilt, *, attribution: bool, seed: int) -> dict[str, np.ndarray]:
    """Picture all patches, column by column (patch, side, side, 3 or 4) uint8, by look: `image`, and `attribution`."""
    shown = seen.patches.known
    pictures = {"image": pixels(scan.crops(model, dataset, seen.unit.layer, *shown.indices))}
    if attribution:
        places = tuple(map(tuple, shown.places.tolist()))
        pictures["attribution"] = attributions(model, dataset, str(seen.unit), places, seed=seed).images
    return pictures


def inner_edges(edges: np.ndarray, histogram: np.ndarray, bins: int, least: int) -> np.ndarray:
    """Return the edges between `bins` columns, (bins - 1,): round multiples of a round width, so that zero may be one.

    The width is the largest that leaves both outer, open columns at least `least` positions, as
    far as `edges` (n + 1,) and `histogram` (n,) tell, and the columns lie in the middle of what
    is left. Raises ValueError for fewer than three bins or more than the histogram has, or where it holds one value.
    """
    if bins < FEWEST:
        raise ValueError(f"bins {bins}; expected at least {FEWEST}")
    below, above = np.cumsum(histogram), np.cumsum(histogram[::-1])[::-1]
    low, high = edges[1:][below >= least], edges[:-1][above >= least]
    if not len(low) or not len(high) or high[-1] <= low[0]:
        raise ValueError(f"{int(np.sum(histogram))} positions in {int(np.sum(histogram > 0))} bins; expected a range")
    if bins > len(histogram):
        raise ValueError(f"bins {bins}; expected at most {len(histogram)}: of so many ranges crops are kept")
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
