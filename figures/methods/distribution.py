"""The distribution of a unit's activations: how often it fires, how its tails fall off."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Tail:
    """An exponential fitted to one tail: density ~ exp(-sign * x / scale) on [low, high], sign 1 or -1."""

    low: float
    high: float
    scale: float
    intercept: float
    r2: float
    sign: int = 1

    def log_density(self, x: np.ndarray) -> np.ndarray:
        """Return the fitted line, the natural logarithm of the density at `x`."""
        return self.intercept - self.sign * x / self.scale


def density(edges: np.ndarray, histogram: np.ndarray, total: int | None = None) -> np.ndarray:
    """Return the share of all positions in each bin by its width, (bins,)."""
    total = int(np.sum(histogram)) if total is None else total
    return np.asarray(histogram, dtype=np.float64) / total / np.diff(edges)


def share_firing(edges: np.ndarray, histogram: np.ndarray, total: int | None = None) -> float:
    """Return the share of positions in bins whose left edge is at least 0: P(x >= 0)."""
    total = int(np.sum(histogram)) if total is None else total
    return float(np.sum(np.asarray(histogram)[np.asarray(edges)[:-1] >= 0]) / total)


def tail(edges: np.ndarray, density: np.ndarray, low: float, high: float, sign: int = 0) -> Tail | None:
    """Fit a straight line to the log density of the bins whose left edge lies in [low, high].

    Least squares without weights, a bin standing at its left edge; bins that hold nothing
    are left out. None where fewer than three bins remain or the density does not fall
    to the side of `sign`, by default away from zero.
    """
    sign = sign or (1 if low + high > 0 else -1)
    left = np.asarray(edges, dtype=np.float64)[:-1]
    chosen = (left >= low) & (left <= high) & (density > 0)
    if chosen.sum() < 3:
        return None
    x, y = sign * left[chosen], np.log(density[chosen])
    slope, intercept = np.polyfit(x, y, 1)
    if slope >= 0:
        return None
    left_over = np.sum((y - slope * x - intercept) ** 2)
    r2 = 1 - left_over / max(np.sum((y - y.mean()) ** 2), 1e-300)
    return Tail(low, high, float(-1 / slope), float(intercept), float(r2), sign)
