"""The crops of a data set that drive units furthest, each with what of it moves the unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from figures.methods import chosen_crops, examples
from figures.methods.datasets import Dataset
from figures.methods.examples import Examples
from figures.methods.models import Model, whole_channel
from figures.methods.patches import slopes
from figures.methods.patches.gradient_patches import GradientPatches, gradient_patches


@dataclass(frozen=True)
class UnitPatches:
    """The crops (n) of one unit, strongest first, and what of each moves it."""

    label: str
    crops: Examples
    patches: GradientPatches

    @property
    def unit(self) -> str:
        return str(self.crops.unit)


@dataclass(frozen=True)
class TopPatches:
    """Units with their crops, by one method; `sees` says of each layer how much of a picture it sees."""

    network: str
    dataset: str
    method: str
    units: tuple[UnitPatches, ...]
    sees: dict[str, str]

    def columns(self) -> dict[str, Sequence[object] | np.ndarray]:
        """Return what a table lists of each crop."""
        return {
            **examples.columns([one.crops for one in self.units]),
            "share of gradient in crop": np.concatenate([one.patches.within for one in self.units]),
            "scale": np.concatenate([one.patches.scale for one in self.units]),
        }


def of(model: Model, dataset: Dataset, units: Sequence[str], count: int, method: str) -> TopPatches:
    """Find the `count` crops that each unit answers to most, and what of each moves it.

    Raises ValueError for units and methods that there are not, and for units at one position.
    """
    slopes.check(method)
    for text in units:
        whole_channel(model.unit(text))
    several = examples.of(model, dataset, units, count)
    return TopPatches(
        network=model.name,
        dataset=dataset.name,
        method=method,
        units=tuple(UnitPatches(model.label(one.unit), one, moved(model, dataset, one, method)) for one in several),
        sees={one.unit.layer: model.card.sees(one.unit.layer) for one in several},
    )


def moved(model: Model, dataset: Dataset, crops: Examples, method: str) -> GradientPatches:
    """Return what of each crop of a unit moves the unit."""
    places = chosen_crops.places(crops.positions.places)
    return gradient_patches(model, dataset, places, unit=str(crops.unit), method=method)
