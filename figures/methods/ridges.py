"""Find lines that run along the ridges of a map."""

from __future__ import annotations

import heapq
import math

import numpy as np

Cell = tuple[int, int]
_FLOOR = 0.03
"""What crossing the plain costs: a step on a ridge is 1 / _FLOOR times cheaper."""
_STEPS = 24
_SMOOTH = 7


def along_ridges(mass: np.ndarray, count: int, points: int, seed: int) -> np.ndarray:
    """Return `count` lines (count, points, 2), as (column, row), each the cheapest way between two high cells.

    `mass` (height, width) stands above its median; both ends are drawn by mass, the second rather far from the
    first. Raises ValueError where the map is flat.
    """
    high = np.clip(mass - np.median(mass), 0, None).astype(float)
    if not high.max() > 0:
        raise ValueError("the map is flat; expected one with ridges")
    high /= high.max()
    drawn = np.random.default_rng(seed)
    return np.stack([_line(high, drawn, points) for _ in range(count)])


def _line(high: np.ndarray, drawn: np.random.Generator, points: int) -> np.ndarray:
    first = _drawn(high, drawn)
    rows, columns = np.indices(high.shape)
    second = _drawn(high * ((rows - first[0]) ** 2 + (columns - first[1]) ** 2), drawn)
    way = np.array(cheapest(1 / (high + _FLOOR), first, second), dtype=float)[:, ::-1]
    return _evenly(_smooth(_evenly(way, _STEPS)), points)


def _drawn(weight: np.ndarray, drawn: np.random.Generator) -> Cell:
    total = weight.sum()
    flat = weight.ravel() / total if total > 0 else np.full(weight.size, 1 / weight.size)
    row, column = np.unravel_index(drawn.choice(weight.size, p=flat), weight.shape)
    return int(row), int(column)


def cheapest(cost: np.ndarray, start: Cell, end: Cell) -> list[Cell]:
    """Return the cheapest way over a grid from cell to cell, diagonals allowed. After Dijkstra (1959)."""
    price, found, before, queue = cost.tolist(), {start: 0.0}, {}, [(0.0, start)]
    while queue:
        spent, here = heapq.heappop(queue)
        if here == end:
            break
        if spent > found[here]:
            continue
        for there, far in _neighbours(here, cost.shape):
            total = spent + far * (price[here[0]][here[1]] + price[there[0]][there[1]]) / 2
            if total < found.get(there, math.inf):
                found[there], before[there] = total, here
                heapq.heappush(queue, (total, there))
    way = [end]
    while way[-1] != start:
        way.append(before[way[-1]])
    return way[::-1]


def _neighbours(cell: Cell, shape: tuple[int, ...]) -> list[tuple[Cell, float]]:
    row, column = cell
    around = [(row + y, column + x, math.hypot(y, x)) for y in (-1, 0, 1) for x in (-1, 0, 1) if y or x]
    return [((y, x), far) for y, x, far in around if 0 <= y < shape[0] and 0 <= x < shape[1]]


def _evenly(line: np.ndarray, count: int) -> np.ndarray:
    """Return points at equal steps along a line (p, 2)."""
    run = np.concatenate([[0], np.hypot(*np.diff(line, axis=0).T).cumsum()])
    at = np.linspace(0, run[-1], count)
    return np.stack([np.interp(at, run, values) for values in line.T], axis=1)


def _smooth(line: np.ndarray) -> np.ndarray:
    padded = np.pad(line, ((_SMOOTH // 2, _SMOOTH // 2), (0, 0)), mode="edge")
    box = np.full(_SMOOTH, 1 / _SMOOTH)
    return np.stack([np.convolve(values, box, "valid") for values in padded.T], axis=1)
