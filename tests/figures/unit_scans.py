"""Scans of made-up activations: what a scan of one unit would tell of them."""

from __future__ import annotations

import numpy as np

from figures.methods.scan import Positions, UnitScan


def unit_scan(values: np.ndarray, *, width: float = 0.25, samples: int = 16) -> UnitScan:
    """Bin values, those of one image, one a row of its map."""
    edges = np.arange(np.floor(values.min() / width), np.floor(values.max() / width) + 2) * width
    bins = np.searchsorted(edges, values, side="right") - 1
    rows = np.full((len(edges) - 1, samples), -1)
    for index, row in enumerate(rows):
        there = np.flatnonzero(bins == index)[:samples]
        row[: len(there)] = there
    order, above = np.argsort(-values, kind="stable"), np.maximum(values, 0)
    return UnitScan(
        dataset="made-up:1",
        images=1,
        broken=(),
        edges=edges,
        histogram=np.bincount(bins, minlength=len(edges) - 1),
        mean=float(values.mean()),
        std=float(values.std()),
        rectified_mean=float(above.mean()),
        rectified_std=float(above.std()),
        top=positions(values, order[:samples]),
        bottom=positions(values, order[::-1][:samples]),
        samples=positions(values, rows),
    )


def positions(values: np.ndarray, rows: np.ndarray) -> Positions:
    """Return rows of the map of one image, and none where a row is -1."""
    blank = np.where(rows >= 0, 0, -1)
    return Positions(blank, rows, blank, np.where(rows >= 0, values[rows], np.nan))
