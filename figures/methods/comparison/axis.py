"""Places of a layer between two classes: how much more they add to one, and a line of all others' likeness.

After Carter et al. (2019, "Activation Atlas", section "Comparing classes").
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from figures.measurement import measurement
from figures.methods import reduction
from figures.methods.embedding.layout import COMPONENTS

PERPLEXITY, RATE = 50.0, 10.0
"""Those of the article. On a line places cannot pass each other, and at a higher rate groups of few come apart."""
PERCENTILE = 99


@dataclass(frozen=True)
class Line:
    """Places (n,) in [0, 1] on a line, those of like directions beside each other."""

    points: np.ndarray


@measurement
def line(vectors: np.ndarray, *, perplexity: float = PERPLEXITY, seed: int = 0) -> Line:
    """Lay vectors (n, channel) out on a line by t-SNE of their directions; all in the middle where they are alike."""
    long = vectors.astype(np.float64)
    directions = long / np.maximum(np.linalg.norm(long, axis=1, keepdims=True), 1e-12)
    few = reduction.components(directions, COMPONENTS)
    points = reduction.tsne(few, dimensions=1, perplexity=perplexity, seed=seed, rate=RATE)[:, 0]
    length = float(np.ptp(points))
    return Line(((points - points.min()) / length if length else np.full(len(points), 0.5)).astype(np.float32))


def scale(difference: np.ndarray) -> float:
    """Return the 99th percentile of the magnitude of differences (n,), 1 where that is zero."""
    return float(np.percentile(np.abs(difference), PERCENTILE)) or 1.0


def scaled(difference: np.ndarray) -> np.ndarray:
    """Divide differences (n,) by their `scale`, cut at -1 and 1. Zero stays zero: nothing is moved to the middle."""
    cut: np.ndarray = np.clip(difference / scale(difference), -1, 1)
    return cut


def kept(first: np.ndarray, second: np.ndarray, best: np.ndarray, classes: tuple[int, int], most: int) -> np.ndarray:
    """Choose places, ascending, by what they add to two classes (n,): for either the union of two sets.

    Those that add most of all to the class, `best` (n,), and the `most` that add most to it, as far as above zero.
    """
    chosen = np.isin(best, classes)
    for values in (first, second):
        top = np.argsort(-values, kind="stable")[:most]
        chosen[top[values[top] > 0]] = True
    return np.flatnonzero(chosen)


def column(x: np.ndarray, side: int) -> np.ndarray:
    """Return the column of each place in [-1, 1], of `side` half-open ones; 1 itself belongs to the last."""
    return row((x + 1) / 2, side)


def row(y: np.ndarray, side: int) -> np.ndarray:
    """Return the row of each place in [0, 1], of `side` half-open ones; 1 itself belongs to the last."""
    return np.minimum(np.floor(y * side), side - 1).astype(int)
