"""A picture beside what it becomes where units answer more to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from figures.methods import asked_images
from figures.methods.datasets import Dataset
from figures.methods.feature_visualization.accentuation import Accented, accentuate, halfway
from figures.methods.feature_visualization.colours import colours_of
from figures.methods.models import Model


@dataclass(frozen=True)
class AccentedPicture:
    """A picture (channel, size, size) in [0, 1] that a network sees, and its accents.

    classes (unit,): the class that a unit of a head stands for, empty for others. lowered (unit,): the unit has a
    minus. keep_layer holds the picture together, at the price `keep`.
    """

    units: tuple[str, ...]
    network: str
    picture: np.ndarray
    word: str
    classes: tuple[str, ...]
    lowered: tuple[bool, ...]
    keep_layer: str
    keep: float
    accented: Accented

    def columns(self) -> dict[str, Sequence[object] | np.ndarray]:
        """Return what a table lists of each unit."""
        rows, columns = self.accented.places.T
        return {
            "unit": self.units,
            "class": self.classes,
            "row": ["" if row < 0 else int(row) for row in rows],
            "column": ["" if column < 0 else int(column) for column in columns],
            "activation in the picture": self.accented.before.astype(np.float64),
            "activation reached": self.accented.after.astype(np.float64),
            f"changed at {self.keep_layer}": self.accented.changed.astype(np.float64),
        }


def of(
    model: Model, dataset: Dataset, image: str | Path, units: Sequence[str], *, objective: str, keep: float,
    keep_layer: str, steps: int, seed: int,
) -> AccentedPicture:  # fmt: skip
    """Accentuate a picture for units, held together by `keep_layer`, or where empty by the layer halfway.

    Raises ValueError for units, layers and pictures that there are not.
    """
    wanted = [model.unit(text) for text in units]
    held = model.layer(keep_layer) if keep_layer else halfway(model, units)
    shown = asked_images.shown(model, dataset, (image,))
    return AccentedPicture(
        units=tuple(units),
        network=model.name,
        picture=shown.images[0],
        word=shown.words[0],
        classes=tuple(model.label(unit) for unit in wanted),
        lowered=tuple(unit.negative for unit in wanted),
        keep_layer=held,
        keep=keep,
        accented=accentuate(
            model, units, image=shown.images[0], keep_layer=held, keep=keep, objective=objective, steps=steps,
            seed=seed, colours=colours_of(dataset),
        ),
    )  # fmt: skip
