"""Codes in the plane: t-SNE, the first two principal components, or UMAP; and the same snapped to a square grid."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.spatial.distance import cdist

from figures.measurement import measurement
from figures.methods import reduction

COMPONENTS = 50
"""How many principal components of codes t-SNE works on (van der Maaten & Hinton, 2008, use 30)."""
NEIGHBOURS = 15


@dataclass(frozen=True)
class Layout:
    """Places (n, 2), x to the right and y down, in the unit square, whose larger side they fill."""

    points: np.ndarray


@measurement
def layout(vectors: np.ndarray, *, method: str, perplexity: float = 30.0, seed: int = 0) -> Layout:
    """Lay vectors (n, numbers) out in the plane.

    t-SNE starts from the principal components; its perplexity is at most a third of the other vectors. Raises
    ValueError for umap where there is no package for it.
    """
    return Layout(squared(METHODS[method](vectors.astype(np.float64), perplexity, seed)).astype(np.float32))


def _components(vectors: np.ndarray, perplexity: float, seed: int) -> np.ndarray:
    few = reduction.components(vectors, 2)
    return np.pad(few, ((0, 0), (0, 2 - few.shape[1])))


def _tsne(vectors: np.ndarray, perplexity: float, seed: int) -> np.ndarray:
    return reduction.tsne(reduction.components(vectors, COMPONENTS), perplexity=perplexity, seed=seed)


def _umap(vectors: np.ndarray, perplexity: float, seed: int) -> np.ndarray:
    return reduction.umap(vectors, neighbours=NEIGHBOURS, seed=seed)


METHODS: Mapping[str, Callable[[np.ndarray, float, int], np.ndarray]] = {
    "tsne": _tsne, "pca": _components, "umap": _umap,
}  # fmt: skip
"""What each makes of vectors (n, numbers), a perplexity and a seed: points (n, 2)."""


def squared(points: np.ndarray) -> np.ndarray:
    """Move points (n, 2) into the unit square, its middle theirs; lengths keep their proportions."""
    low, high = points.min(axis=0), points.max(axis=0)
    inside: np.ndarray = 0.5 + (points - (low + high) / 2) / (float((high - low).max()) or 1.0)
    return inside


def cells(count: int) -> int:
    """Return the side of the smallest square grid that has a cell for each of so many."""
    return math.ceil(math.sqrt(count))


def snapped(points: np.ndarray) -> np.ndarray:
    """Give each point (n, 2) a cell of its own in the smallest square grid, (n,), row by row.

    The squared ways from points, both of whose sides are stretched to the grid's, to the middles of their cells
    are as short as they can be in all.
    """
    side = cells(len(points))
    low, high = points.min(axis=0), points.max(axis=0)
    stretched = (points - low) / np.where(high > low, high - low, 1)
    ways = cdist(stretched, middles(np.arange(side * side), side), "sqeuclidean")
    chosen: np.ndarray = linear_sum_assignment(ways)[1]
    return chosen


def middles(cell: np.ndarray, side: int) -> np.ndarray:
    """Return the middles (n, 2), x and y, of cells of a grid over the unit square."""
    middle: np.ndarray = (np.stack([cell % side, cell // side], axis=1) + 0.5) / side
    return middle
