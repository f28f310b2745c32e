"""Labels that are made up: crops of a unit whose every position has a label, and stacks written down by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from figures.methods.label_stack import Stack
from figures.methods.labelled_crops import LabelledCrops
from figures.methods.scan import Positions, UnitScan
from tests.figures.unit_scans import unit_scan

NAMES = ("curve", "imperfect", "unrelated", "opposing")


@dataclass(frozen=True)
class World:
    """A unit's activation at every position of a data set, and the label of each: so the truth is known."""

    value: np.ndarray
    label: np.ndarray

    @property
    def shares(self) -> np.ndarray:
        """Of the output of all positions, the share of each label."""
        output = np.maximum(self.value, 0)
        return np.array([output[self.label == number].sum() for number in range(len(NAMES))]) / output.sum()

    def scan(self, samples: int = 16, width: float = 0.25) -> UnitScan:
        return unit_scan(self.value, width=width, samples=samples)

    def crops(self, positions: Positions) -> LabelledCrops:
        """Label positions as they are."""
        return LabelledCrops(
            NAMES, positions.places, positions.value, np.eye(len(NAMES))[self.label[positions.y]], len(positions)
        )


def world(seed: int = 0, positions: int = 40_000) -> World:
    """Draw activations with exponential tails, most of them weak; the stronger, the more of them are curves."""
    random = np.random.default_rng(seed)
    value = random.exponential(0.4, positions) * np.where(random.random(positions) < 0.6, 1, -1.5)
    value = np.clip(value, -6, 4).astype(np.float32)
    curve, imperfect = np.clip(value / 3, 0, 0.9), np.full(positions, 0.08)
    bounds = np.cumsum([curve, imperfect, 0.9 - curve * 0.9], axis=0)
    return World(value, np.minimum((random.random(positions) > bounds).sum(axis=0), 3))


def stack(
    proportion: Sequence[Sequence[float]] | np.ndarray,
    edges: Sequence[float] | np.ndarray,
    crops: Sequence[float] | np.ndarray,
    *,
    names: Sequence[str] = NAMES,
    density: Sequence[float] | np.ndarray | None = None,
) -> Stack:
    """Write a stack down: proportions (labels, bins) are those of crops, each bin stands at its left edge."""
    share, edges, number = np.array(proportion, float), np.array(edges, float), np.array(crops, float)
    even = np.ones(len(number)) / np.ptp(edges) if density is None else np.array(density, float)
    value = share * even * np.maximum(edges[:-1], 0)
    whole = value.sum() or 1
    return Stack(tuple(names), edges, number, number, share, even, value, value.sum(axis=1) / whole, np.eye(len(share)))
