"""Labels that were published as a table of bins of a unit's activation, without the crops behind them.

Two layouts are read. The one of Cammarata et al. (2020, "Curve Detectors", section "The
activation spectrum") is JSON, `{"bins": [left edges], "heights": [[...], ...]}`: for each label, in
order, its probability in each bin, which is its share times the density of activations, up to one
factor (theirs is 1000). The other is CSV with the columns `bin_left`, one for each label, and
`density` where there is one:

    with `density`      the labels' columns count crops, or tell shares; the density is up to a factor
    without             the labels' columns are probabilities, up to a factor

A column `crops` may say how many crops a bin has. Bins are equally wide and ascend; one whose
labels are empty or zero has no labelled crop. So a table that `label-stackplot` shows of
proportions can be read again.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from figures.methods.labels import NAMES, LabelsError
from figures.rows import Row, rows

LEFT, DENSITY, CROPS = "bin_left", "density", "crops"


@dataclass(frozen=True)
class BinnedLabels:
    """Labels by bins of activation: edges (bins + 1,), proportion (labels, bins), density (bins,).

    A bin without a labelled crop has zeros for proportions. crops (bins,): how many a bin has, nan where nobody said.
    """

    names: tuple[str, ...]
    edges: np.ndarray
    proportion: np.ndarray
    density: np.ndarray
    crops: np.ndarray


def holds_bins(path: Path) -> bool:
    """Tell whether a file holds bins, and not crops with their labels."""
    with path.open(encoding="utf-8-sig") as file:
        start = file.readline()
    return start.lstrip().startswith("{") or LEFT in [name.strip() for name in start.split(",")]


def of_file(path: Path, names: Sequence[str] = NAMES) -> BinnedLabels:
    """Read the bins in a file; raises LabelsError."""
    return read(path.read_text(encoding="utf-8-sig"), names, file=path.name)


def read(text: str, names: Sequence[str] = NAMES, *, file: str = "labels.csv") -> BinnedLabels:
    """Read a table of bins, of one of the two layouts; raises LabelsError with every faulty line."""
    columns = _json(text, names, file) if text.lstrip().startswith("{") else _csv(text, names, file)
    edges = _edges(columns[LEFT], file)
    heights = np.array([columns[name] for name in names])
    density = columns.get(DENSITY, heights.sum(axis=0))
    if DENSITY not in columns and _are_shares(heights):
        raise LabelsError(file, [(1, f"every bin's labels sum to one: expected probabilities, or a column {DENSITY}")])
    if not density.sum() > 0 or not heights.sum() > 0:
        raise LabelsError(file, [(1, "no bin has a label and a density above 0")])
    total = heights.sum(axis=0)
    proportion = np.divide(heights, total, out=np.zeros(heights.shape), where=total > 0)
    width = edges[1] - edges[0]
    return BinnedLabels(tuple(names), edges, proportion, density / density.sum() / width, _crops(columns, heights))


def _are_shares(heights: np.ndarray) -> bool:
    """Tell whether labels are shares of their bin, which without a density say nothing of how common it is."""
    total = heights.sum(axis=0)
    return bool(np.allclose(total[total > 0], 1, atol=1e-6)) and (total > 0).sum() > 1


def _crops(columns: dict[str, np.ndarray], heights: np.ndarray) -> np.ndarray:
    """Return how many crops each bin has: as the table says, or by its counts."""
    if CROPS in columns:
        return columns[CROPS]
    counted = DENSITY in columns and bool((heights == np.round(heights)).all())
    return heights.sum(axis=0) if counted else np.full(heights.shape[1], np.nan)


def _edges(left: np.ndarray, file: str) -> np.ndarray:
    steps = np.diff(left)
    if not len(steps) or steps[0] <= 0 or not np.allclose(steps, steps[0], rtol=1e-3):
        wrong = 1 + int(np.argmax(~np.isclose(steps, steps[0], rtol=1e-3))) if len(steps) and steps[0] > 0 else 0
        raise LabelsError(file, [(wrong + 2, "bins begin at left edges that ascend in equal steps, at least two")])
    return np.append(left, left[-1] + steps[-1])


def _csv(text: str, names: Sequence[str], file: str) -> dict[str, np.ndarray]:
    table = list(rows(text, (LEFT, *names), file=file, error=LabelsError))
    there = [name for name in (LEFT, *names, DENSITY, CROPS) if table and name in table[0].cells]
    problems = [(row.line, problem) for row in table for name in there if (problem := _problem(row, name))]
    if problems or not table:
        raise LabelsError(file, problems or [(1, "no bin below the header")])
    return {name: np.array([float(row[name] or 0) for row in table]) for name in there}


def _problem(row: Row, name: str) -> str:
    """Say what is wrong with a cell; only a left edge may be below 0, and must be there."""
    try:
        value = float(row[name]) if row[name] or name == LEFT else 0.0
    except ValueError:
        return f"{name} {row[name]!r} is not a number"
    good = math.isfinite(value) and (value >= 0 or name == LEFT)
    return "" if good else f"{name} {row[name]}; expected {'a number' if name == LEFT else '0 or more'}"


def _json(text: str, names: Sequence[str], file: str) -> dict[str, np.ndarray]:
    expected = f'expected {{"bins": [...], "heights": [...]}} with heights for {", ".join(names)}'
    try:
        record = json.loads(text)
        left, heights = (np.array(record[key], float) for key in ("bins", "heights"))
    except (ValueError, KeyError, TypeError) as error:
        raise LabelsError(file, [(1, f"not read as published bins ({error}); {expected}")]) from error
    good = left.ndim == 1 and heights.shape == (len(names), len(left)) and (heights >= 0).all()
    if not good or not np.isfinite(left).all():
        raise LabelsError(file, [(1, f"bins {left.shape}, heights {heights.shape} of numbers; {expected}, 0 or more")])
    return {LEFT: left, **dict(zip(names, heights, strict=True))}
