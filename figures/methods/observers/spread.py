"""How the biases of an observer's categories spread: what a box plot draws."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from figures.methods.cue_conflict import ALL, Bias

WHISKER = 1.5


@dataclass(frozen=True)
class Spread:
    """Quartiles of the biases over categories; `low` and `high` are the outermost within 1.5 boxes (Tukey, 1977).

    `beyond` are the categories further out. Categories in which no answer named a cue are in none.
    """

    observer: str
    low: float
    lower: float
    median: float
    upper: float
    high: float
    beyond: tuple[tuple[str, float], ...]


def of(rows: Sequence[Bias]) -> tuple[Spread, ...]:
    """Return the spread of every observer with a bias in at least one category, in the order of the rows."""
    known: dict[str, dict[str, float]] = {}
    for row in rows:
        if row.category != ALL and row.bias is not None:
            known.setdefault(row.observer, {})[row.category] = row.bias
    return tuple(_spread(observer, biases) for observer, biases in known.items())


def _spread(observer: str, biases: dict[str, float]) -> Spread:
    values = np.array(list(biases.values()))
    lower, median, upper = map(float, np.percentile(values, [25, 50, 75]))
    reach = WHISKER * (upper - lower)
    within = values[(values >= lower - reach) & (values <= upper + reach)]
    beyond = tuple((name, bias) for name, bias in biases.items() if not lower - reach <= bias <= upper + reach)
    return Spread(observer, float(within.min()), lower, median, upper, float(within.max()), beyond)
