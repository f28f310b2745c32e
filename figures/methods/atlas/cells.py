"""The cells of a grid over a layout: how many vectors lie in each, their mean, and what that means for the classes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

LEAST = 2


@dataclass(frozen=True)
class Cells:
    """Cells (m) of `grid` x `grid` that hold enough vectors, by row and column, the first row at the top.

    count (m,): how many lie in each. mean (m, channel): of the vectors themselves. attribution (m, classes): the mean.
    nearest (m,): which vector of a cell is most like the mean, by the cosine. dropped: how many vectors lie in no
    such cell: in one with too few, or outside the square.
    """

    grid: int
    row: np.ndarray
    column: np.ndarray
    count: np.ndarray
    mean: np.ndarray
    attribution: np.ndarray
    nearest: np.ndarray
    dropped: int

    def __len__(self) -> int:
        return len(self.count)

    @property
    def label(self) -> np.ndarray:
        """The class (m,) that the vectors of a cell add most to, on average."""
        label: np.ndarray = self.attribution.argmax(axis=1)
        return label

    def best(self, count: int) -> np.ndarray:
        """Return the classes (m, count) that each cell adds most to, the most first."""
        order: np.ndarray = np.argsort(-self.attribution, axis=1, kind="stable")[:, :count]
        return order


def cells(places: np.ndarray, vectors: np.ndarray, attributions: np.ndarray, *, grid: int, least: int = LEAST) -> Cells:
    """Gather vectors (n, channel) and attributions (n, classes) at places (n, 2), as x and y, in the cells of a grid.

    A cell holds its left and lower border and not its others, so that nothing is counted twice. The unit square is
    divided; cells with fewer than `least` vectors are left out.
    """
    inside = np.flatnonzero(((places >= 0) & (places < 1)).all(axis=1))
    column, up = np.minimum(np.floor(places[inside] * grid), grid - 1).astype(np.int64).T
    code, member, held = np.unique((grid - 1 - up) * grid + column, return_inverse=True, return_counts=True)
    enough = held >= least
    number = np.where(enough, np.cumsum(enough) - 1, -1)[member]
    kept, number = inside[number >= 0], number[number >= 0]
    count = held[enough]
    mean = _means(vectors[kept], number, count)
    return Cells(
        grid, code[enough] // grid, code[enough] % grid, count, mean, _means(attributions[kept], number, count),
        kept[_nearest(vectors[kept], mean, number)], len(places) - int(count.sum()),
    )  # fmt: skip


def _means(values: np.ndarray, number: np.ndarray, count: np.ndarray) -> np.ndarray:
    """Return the mean (m, width) of the values (n, width) of each cell, float32."""
    order = np.argsort(number, kind="stable")
    if not len(order):
        return np.zeros((0, values.shape[1]), np.float32)
    sums = np.add.reduceat(values[order], np.cumsum(count) - count, axis=0, dtype=np.float64)
    means: np.ndarray = (sums / count[:, None]).astype(np.float32)
    return means


def _nearest(vectors: np.ndarray, mean: np.ndarray, number: np.ndarray) -> np.ndarray:
    """Return which vector (m,) of each cell has the largest cosine with the cell's mean."""
    length = np.linalg.norm(vectors, axis=1)
    cosine = (vectors * mean[number]).sum(axis=1) / np.maximum(length, np.finfo(np.float32).tiny)
    order = np.lexsort((-cosine, number))
    first = np.searchsorted(number[order], np.arange(len(mean)))
    nearest: np.ndarray = order[first]
    return nearest
