"""What codes and a map of them are worth: who is near whom, whether a map keeps it, and whether labels agree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.spatial.distance import cdist

from figures.measurement import measurement

NEAR = 5
"""How many neighbours count."""


@dataclass(frozen=True)
class Worth:
    """`trustworthiness` of the map in [0, 1], and of its grid; `purity`, the share of neighbours with the same label.

    NaN where there is no grid, or are no labels.
    """

    trustworthiness: float
    grid: float
    purity: float


def nearest(vectors: np.ndarray, count: int = NEAR) -> np.ndarray:
    """Return the nearest others of each vector (n, numbers), (n, count), the nearest first; of equal ones the first."""
    apart = cdist(vectors, vectors, "sqeuclidean")
    np.fill_diagonal(apart, np.inf)
    order: np.ndarray = np.argsort(apart, axis=1, kind="stable")[:, :count]
    return order


@measurement
def trusted(vectors: np.ndarray, points: np.ndarray, count: int) -> dict[str, np.ndarray]:
    """Measure to what degree neighbours in the plane are neighbours of codes (Venna & Kaski, 2001); 1 where all are."""
    from sklearn import manifold

    return {"trustworthiness": np.asarray(manifold.trustworthiness(vectors, points, n_neighbors=count))}


def trustworthiness(vectors: np.ndarray, points: np.ndarray, count: int = NEAR) -> float:
    """Return how far points (n, 2) can be trusted that stand for codes (n, numbers): see `trusted`."""
    return float(trusted(vectors, points, count)["trustworthiness"])


def purity(near: np.ndarray, labels: Sequence[str]) -> float:
    """Return the share of neighbours (n, count), by number, that have the label of the one whose they are.

    Only of those with a label; NaN where none has one.
    """
    named = np.array(labels, dtype=object)
    same = named[near] == named[:, None]
    known = named != ""
    return float(same[known].mean()) if known.any() else np.nan


def chance(labels: Sequence[str]) -> float:
    """Return the purity of neighbours that are drawn at random; NaN where there are no labels."""
    named = np.array([label for label in labels if label])
    if len(labels) < 2 or not len(named):
        return np.nan
    counts = np.unique(named, return_counts=True)[1]
    return float((counts * (counts - 1)).sum() / (len(named) * (len(labels) - 1)))
