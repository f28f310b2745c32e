"""The standard deviation of a unit's responses over a data set: the measure in which responses are drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from figures.methods import scan
from figures.methods.datasets import Dataset
from figures.methods.layers import rectified
from figures.methods.models import Model, Unit


@dataclass(frozen=True)
class Sigma:
    """Standard deviations (units,) over all positions of a data set, 1 where a unit is silent; of what, in words.

    `rectified` tells whether all are of rectified activations.
    """

    values: np.ndarray
    rectified: bool
    dataset: str


def of(model: Model, dataset: Dataset, units: Sequence[str]) -> Sigma:
    """Return the standard deviation of each unit's responses: rectified ones where a rectifier ends its layer."""
    wanted = [model.unit(unit) for unit in units]
    scans = scan.by_layer(model, dataset, [unit.layer for unit in wanted])
    cut = [rectified(model, unit.layer) for unit in wanted]
    values = np.array([deviation(scans[unit.layer], unit, own) for unit, own in zip(wanted, cut, strict=True)])
    return Sigma(np.where(values > 0, values, 1), all(cut), dataset.name)


def deviation(moments: Mapping[str, np.ndarray], unit: Unit, cut: bool) -> float:
    """Return one unit's standard deviation from the moments of its layer, of what is above zero where it is `cut`."""
    names = ("mean", "std", "rectified_mean", "rectified_std")
    mean, std, above, above_std = (float(moments[name][unit.index]) for name in names)
    if not cut:
        return std
    if not unit.negative:
        return above_std
    below, square = above - mean, std**2 + mean**2 - above_std**2 - above**2  # of what a rectifier takes away
    return float(np.sqrt(max(square - below**2, 0)))
