"""What feature visualizations reach, beside what the data set's images do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from figures.methods import scan
from figures.methods.datasets import Dataset
from figures.methods.feature_visualization import DEFAULT, Portraits, Recipe, check, colours_of, visualize
from figures.methods.models import Model
from figures.units import Unit

BEST = 9
"""How many of a unit's best images its picture is set beside, one position of each."""


@dataclass(frozen=True)
class Reached:
    """Pictures of units of a network, and what they reach beside the images that the units answer to most.

    channels are those of the network's input. classes (units,): the class that a unit of a head stands for, empty
    for others. lowered (units,): the unit is looked at in its other direction. best (units,): the mean activation
    of its `examples` best images, NaN where images have too few channels for the network; none is `scanned` then.
    """

    units: tuple[str, ...]
    network: str
    channels: int
    recipe: Recipe
    portraits: Portraits
    classes: tuple[str, ...]
    lowered: tuple[bool, ...]
    best: np.ndarray
    scanned: scan.LayerScan | None
    examples: int = BEST

    @property
    def activation(self) -> np.ndarray:
        """What the pictures reach at rest."""
        return self.portraits.activation.astype(np.float64)

    @property
    def ratio(self) -> np.ndarray:
        """That by the mean of the best images; NaN where the two differ in sign, or one is not known."""
        alike = self.activation * self.best > 0
        return np.divide(self.activation, self.best, out=np.full(len(self.best), np.nan), where=alike)

    @property
    def pictures(self) -> np.ndarray:
        """All pictures, those of one unit side by side, (n, side, side, 3 or 4)."""
        several = self.portraits.variants
        return self.portraits.images if several is None else several.reshape(-1, *several.shape[2:])

    def columns(self) -> dict[str, Sequence[object] | np.ndarray]:
        """Return what a table lists of each unit."""
        return {
            "unit": self.units,
            "class": self.classes,
            "activation reached": self.activation,
            "under held-out movements": self.portraits.held_out,
            "mean of top examples": self.best,
            "ratio": self.ratio,
            "dead": ["yes" if dead else "no" for dead in self.portraits.dead],
        }


def of(model: Model, dataset: Dataset, units: Sequence[str], *, recipe: Recipe = DEFAULT, seed: int = 0) -> Reached:
    """Make pictures of units in the colours of a data set, and find what its images reach.

    Raises ValueError for units that the recipe does not suit, before anything is measured.
    """
    check(model, units, recipe)
    wanted, by_phase = [model.unit(text) for text in units], recipe.parameterization == "phase"
    known = model.channels in (1, 3) or by_phase
    scans = scan.by_layer(model, dataset, [unit.layer for unit in wanted]) if known else {}
    first = next(iter(scans.values()), None)
    colours, spectrum = colours_of(dataset) if known else None, first.spectrum if first and by_phase else None
    return Reached(
        units=tuple(units),
        network=model.name,
        channels=model.channels,
        recipe=recipe,
        portraits=visualize(model, units, recipe=recipe, seed=seed, colours=colours, spectrum=spectrum),
        classes=tuple(model.label(unit) for unit in wanted),
        lowered=tuple(recipe.negative or unit.negative for unit in wanted),
        best=np.array([_best(scans[u.layer], u, recipe.negative) if known else np.nan for u in wanted]),
        scanned=first,
    )


def _best(scanned: scan.LayerScan, unit: Unit, negative: bool) -> float:
    lowered = replace(unit, negative=unit.negative or negative)
    return float(np.nanmean(scanned.end(lowered).value[:BEST]))
