"""The distribution of a unit's activations: how often it fires, how its tails fall off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from figures.methods import scan
from figures.methods.datasets import Dataset
from figures.methods.layers import rectified
from figures.methods.models import Model


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


@dataclass(frozen=True)
class Distribution:
    """How often a unit takes each activation, before the rectifier where one ends its layer.

    `tails` holds the fits to the side above the mean, `positive`, and to that below, `negative`, where there are any.
    """

    unit: str
    scanned: scan.UnitScan
    rectified: bool
    tails: Mapping[str, Tail]

    @property
    def edges(self) -> np.ndarray:
        """The edges of the bins, (bins + 1,)."""
        return self.scanned.edges

    @property
    def density(self) -> np.ndarray:
        """The share of all positions in each bin by its width, (bins,)."""
        return density(self.edges, self.scanned.histogram)

    @property
    def fitted(self) -> np.ndarray:
        """The log density of the tail that was fitted where each bin begins, (bins,); NaN beside both."""
        left = self.edges[:-1]
        lines = np.full(len(left), np.nan)
        for fit in reversed(list(self.tails.values())):
            inside = (fit.low <= left) & (left <= fit.high)
            lines[inside] = fit.log_density(left[inside])
        return lines

    def columns(self) -> dict[str, Sequence[object] | np.ndarray]:
        """Return what a table lists of each bin: where it begins, how much it holds, and the share from there on."""
        left, count, share = self.edges[:-1], self.scanned.histogram, self.density
        return {
            "bin_left": left,
            "bin_left_sigma": left / self.scanned.std,
            "positions": count,
            "density": share,
            "ln_density": np.log(share, out=np.full(len(share), np.nan), where=count > 0),
            "ln_density_fitted": self.fitted,
            "share_from_here": count[::-1].cumsum()[::-1] / count.sum(),
        }


def of(model: Model, dataset: Dataset, unit: str, tail: Sequence[float] = (1.0, 4.0), *, seed: int = 0) -> Distribution:
    """Count a unit's activations over a data set, and fit tails from and to `tail` standard deviations off the mean.

    Raises ValueError for a range that is none.
    """
    if len(tail) != 2 or not 0 <= tail[0] < tail[1]:
        raise ValueError(
            f"tail {tail}; expected two distances from the mean in standard deviations, the nearer one first"
        )
    target = model.unit(unit)
    scanned = scan.of(model, dataset, target.layer, seed=seed).unit(target.index)
    return Distribution(unit, scanned, rectified(model, target.layer), tails(scanned, *tail))


def tails(scanned: scan.UnitScan, near: float, far: float) -> dict[str, Tail]:
    """Fit both tails; one that does not fall off, or has fewer than three bins, is left out."""
    near, far = near * scanned.std, far * scanned.std
    share = density(scanned.edges, scanned.histogram)
    ranges = {"positive": (near, far, 1), "negative": (-far, -near, -1)}
    fits = {
        side: tail(scanned.edges, share, scanned.mean + low, scanned.mean + high, sign)
        for side, (low, high, sign) in ranges.items()
    }
    return {side: fit for side, fit in fits.items() if fit is not None}


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
