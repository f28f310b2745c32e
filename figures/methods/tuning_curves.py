"""Describe tuning curves: where each peaks, how wide it is, and what it answers on the other side.

A curve holds responses at orientations spaced evenly round the circle, the first at 0 degrees. After Cammarata
et al. (2020, "Curve Detectors", section "Radial tuning curve"), where curves are shown; the numbers are ours.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Summary:
    """Tuning curves in numbers, each (units,); nan where a unit never responds above zero.

    preferred_deg: where the curve peaks. mean_deg: its response-weighted circular mean.
    width_deg: full width at half the peak. echo: the largest response within 45 degrees
    of the opposite orientation, as a share of the peak. resultant: mean resultant length,
    0 (untuned) to 1. peak: the largest response.
    """

    preferred_deg: np.ndarray
    mean_deg: np.ndarray
    width_deg: np.ndarray
    echo: np.ndarray
    resultant: np.ndarray
    peak: np.ndarray

    @property
    def responding(self) -> np.ndarray:
        """Which units respond at all, (units,)."""
        return self.peak > 0

    @property
    def largest_gap_deg(self) -> float:
        """The widest stretch of the circle that no unit prefers."""
        return largest_gap_deg(self.preferred_deg)


def summary(curves: np.ndarray) -> Summary:
    """Describe curves (units, orientations)."""
    functions = (preferred_deg, mean_deg, width_deg, echo_ratio, resultant_length)
    preferred, mean, width, echo, resultant = (np.array([f(curve) for curve in curves]) for f in functions)
    return Summary(preferred, mean, width, echo, resultant, curves.max(axis=1))


def rectify(pre_activation: np.ndarray) -> np.ndarray:
    """Return what a ReLU lets through."""
    return np.maximum(pre_activation, 0)


def preferred_deg(curve: np.ndarray) -> float:
    """Return the orientation of the peak, the middle one of a flat top."""
    if curve.max() <= 0:
        return math.nan
    top = int(curve.argmax())
    flat = int(np.argmin(np.roll(curve, -top) >= curve.max()))
    return (top + (flat - 1) / 2 if flat else 0.0) * 360 / len(curve) % 360


def mean_deg(curve: np.ndarray) -> float:
    """Return the response-weighted circular mean."""
    total = _resultant(curve)
    return math.degrees(math.atan2(total.imag, total.real)) % 360 if curve.max() > 0 else math.nan


def resultant_length(curve: np.ndarray) -> float:
    """Return the length of the mean response vector as a share of the summed response."""
    return abs(_resultant(curve)) / float(rectify(curve).sum()) if curve.max() > 0 else math.nan


def _resultant(curve: np.ndarray) -> complex:
    return complex((rectify(curve) * np.exp(2j * np.pi * np.arange(len(curve)) / len(curve))).sum())


def width_deg(curve: np.ndarray) -> float:
    """Return the full width at half the peak, interpolated between samples; 360 where it never falls so low."""
    if curve.max() <= 0:
        return math.nan
    peak = int(curve.argmax())
    clockwise = np.roll(curve, -peak) / curve.max()
    steps = [_fall(clockwise), _fall(np.roll(clockwise[::-1], 1))]
    return 360.0 if math.inf in steps else sum(steps) * 360 / len(curve)


def _fall(relative: np.ndarray) -> float:
    """Return how many samples after the first a curve crosses one half."""
    below = np.flatnonzero(relative < 0.5)
    if not len(below):
        return math.inf
    high, low = relative[below[0] - 1], relative[below[0]]
    return below[0] - 1 + (high - 0.5) / (high - low)


def echo_ratio(curve: np.ndarray, within_deg: float = 45) -> float:
    """Return the largest response near the opposite orientation as a share of the peak."""
    if curve.max() <= 0:
        return math.nan
    away = (np.arange(len(curve)) - curve.argmax()) * 360 / len(curve)
    opposite = np.abs(away % 360 - 180) <= within_deg
    return float(curve[opposite].max() / curve.max())


def largest_gap_deg(angles_deg: np.ndarray) -> float:
    """Return the widest stretch of the circle that holds none of some angles."""
    known = np.sort(np.asarray(angles_deg, dtype=float)[~np.isnan(angles_deg)] % 360)
    return float(np.diff(known, append=known[0] + 360).max()) if len(known) else 360.0
