"""The standard deviation of a unit's responses over a data set: the measure in which responses are drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from figures.methods import scan
from figures.methods.datasets import Dataset
from figures.methods.layers import rectified
from figures.methods.models import Model


@dataclass(frozen=True)
class Sigma:
    """Standard deviations (units,) over all positions of a data set, 1 where a unit is silent; of what, in words.

    `rectified` tells whether all are of rectified activations; `images` is how many of the data set's images
    were seen, `broken` names those that could not be read.
    """

    values: np.ndarray
    rectified: bool
    dataset: str
    images: int = 0
    broken: tuple[str, ...] = ()


def of(model: Model, dataset: Dataset, units: Sequence[str]) -> Sigma:
    """Return the standard deviation of each unit's responses: rectified ones where a rectifier ends its layer."""
    wanted = [model.unit(unit) for unit in units]
    scans = scan.by_layer(model, dataset, [unit.layer for unit in wanted])
    cut = [rectified(model, unit.layer) for unit in wanted]
    moments = [scans[unit.layer].unit(unit.index) for unit in wanted]
    signs = [unit.negative for unit in wanted]
    values = np.array([deviation(*row) for row in zip(moments, signs, cut, strict=True)])
    images = next(iter(scans.values()))
    return Sigma(np.where(values > 0, values, 1), all(cut), dataset.name, images.images, images.broken)


def deviation(moments: scan.UnitScan, negative: bool, cut: bool) -> float:
    """Return a unit's standard deviation from its moments: of what is above zero where it is `cut`."""
    mean, std, above, above_std = moments.mean, moments.std, moments.rectified_mean, moments.rectified_std
    if not cut:
        return std
    if not negative:
        return above_std
    below, square = above - mean, std**2 + mean**2 - above_std**2 - above**2  # of what a rectifier takes away
    return float(np.sqrt(max(square - below**2, 0)))
