"""Crops that a unit sees, with what of the layer before moves it there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from figures.methods.attribution import Attributions, Place, attributions
from figures.methods.contributions import source_layer
from figures.methods.datasets import Dataset
from figures.methods.models import Model
from figures.units import Unit


@dataclass(frozen=True)
class ExplainedCrops:
    """Crops of a data set by place, (n, 3), which is image, row and column, and what moves a unit there.

    layer: whose contributions are seen; signed: whether pictures tell what drives the unit from what holds it back.
    files: the names of the images, none where they come from no files.
    """

    network: str
    dataset: str
    unit: str
    layer: str
    signed: bool
    place: np.ndarray
    files: tuple[str, ...]
    seen: Attributions

    def columns(self) -> dict[str, Sequence[object] | np.ndarray]:
        """Return what a table lists of each crop."""
        image, y, x = self.place.T
        return {
            "image": image,
            **({"file": self.files} if self.files else {}),
            "y": y,
            "x": x,
            "activation": self.seen.value,
            "sum of contributions": self.seen.total,
            "what is left": self.seen.rest,
            "driving": self.seen.driving,
            "holding back": self.seen.holding,
            "largest channel": self.seen.channel,
            "its share": self.seen.share,
        }


def of(
    model: Model, dataset: Dataset, unit: Unit, places: Sequence[Place], *, layer: str = "", signed: bool, seed: int
) -> ExplainedCrops:
    """Picture what moves a unit at places; raises ValueError for a unit or a layer that does not suit."""
    source = source_layer(model, unit, layer)
    seen = attributions(model, dataset, str(unit), tuple(places), layer=source, signed=signed, seed=seed)
    place = np.array(places)
    files = tuple(dataset.files(place[:, 0]))
    return ExplainedCrops(model.name, dataset.name, str(unit), source, signed, place, files, seen)
