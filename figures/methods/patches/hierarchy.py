"""What units of each depth of a network look for: pictures made for them, their crops, and what moves them there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from figures.methods import examples, scan
from figures.methods.curve_families import main_layers
from figures.methods.datasets import Dataset
from figures.methods.examples import Examples
from figures.methods.feature_visualization import Recipe, reached
from figures.methods.feature_visualization.reached import Reached
from figures.methods.models import Model, whole_channel
from figures.methods.patches import slopes
from figures.methods.patches.gradient_patches import GradientPatches
from figures.methods.patches.top_patches import moved
from figures.methods.scan import LayerScan
from figures.texts import choice

KINDS = ("visualization", "crops", "gradients")
LAYERS = 5
"""How many layers are shown where none is named."""


@dataclass(frozen=True)
class Wish:
    """What is shown of a unit: `kinds` of pictures, `count` crops, gradients by a `method`, a picture by a recipe."""

    kinds: tuple[str, ...] = KINDS
    count: int = 9
    method: str = "guided"
    recipe: Recipe = Recipe(steps=64)
    seed: int = 0

    def __post_init__(self) -> None:
        slopes.check(self.method)


def kinds(names: Sequence[str]) -> tuple[str, ...]:
    """Return kinds of pictures in their order; raises ValueError with the nearest for one that there is not."""
    asked = {choice(name, KINDS) for name in names}
    return tuple(kind for kind in KINDS if kind in asked)


@dataclass(frozen=True)
class Level:
    """A layer of a network and some of its units; `sees` says how much of a picture they see.

    sparseness (units,): how rarely and how strongly each answers (see `sparseness`); `chosen` tells whether that
    chose them. portraits, crops and patches are of the units; there are none of what is not shown.
    """

    layer: str
    sees: str
    units: tuple[str, ...]
    labels: tuple[str, ...]
    sparseness: np.ndarray
    chosen: bool
    portraits: Reached | None
    crops: tuple[Examples, ...]
    patches: tuple[GradientPatches, ...]


@dataclass(frozen=True)
class Hierarchy:
    """The levels of a network in its order, and the scan of one of them."""

    network: str
    dataset: str
    wish: Wish
    levels: tuple[Level, ...]
    scanned: LayerScan

    def columns(self) -> dict[str, Sequence[object]]:
        """Return what a table lists of each unit."""
        rows = [row for level in self.levels for row in _rows(level)]
        return {name: [row[name] for row in rows] for name in rows[0]}


def _rows(level: Level) -> list[dict[str, object]]:
    none: list[float | None] = [None] * len(level.units)
    reaches = none if level.portraits is None else level.portraits.activation.tolist()
    driven = [float(one.positions.value.mean()) for one in level.crops] or none
    within = [float(one.within.mean()) for one in level.patches] or none
    return [
        {
            "layer": level.layer,
            "unit": unit,
            "sees": level.sees,
            "sparseness": float(level.sparseness[i]),
            "activation of the visualization": reaches[i],
            "mean activation of crops": driven[i],
            "share of gradient in crops": within[i],
        }
        for i, unit in enumerate(level.units)
    ]


def of(
    model: Model, dataset: Dataset, layers: Sequence[str] = (), units: Sequence[str] = (), *, per_layer: int, wish: Wish
) -> Hierarchy:
    """Show units of some layers, those of `units`, or of a handful in even steps through the network.

    In a layer none of whose units is named, those that answer most sparsely are shown. Raises ValueError for
    layers and units that there are not.
    """
    named = [whole_channel(model.unit(text)) for text in units]
    wanted = [model.layer(layer) for layer in layers] or [unit.layer for unit in named] or evenly(main_layers(model))
    order = (*model.layers, *model.heads)
    shown = sorted({*wanted, *(unit.layer for unit in named)}, key=lambda one: order.index(model.card.base(one)))
    scans = scan.by_layer(model, dataset, shown)
    rows = {layer: [str(unit) for unit in named if unit.layer == layer] for layer in shown}
    chosen = {layer: not own for layer, own in rows.items()}
    rows = {layer: own or sparsest(scans[layer], per_layer, wish.count) for layer, own in rows.items()}
    levels = tuple(_level(model, dataset, scans[one], rows[one], chosen[one], wish) for one in shown)
    return Hierarchy(model.name, dataset.name, wish, levels, scans[shown[0]])


def evenly(layers: Sequence[str], count: int = LAYERS) -> list[str]:
    """Choose some of several layers in even steps, the first and the last among them."""
    return [layers[i] for i in np.unique(np.linspace(0, len(layers) - 1, count).astype(int))]


def sparseness(scanned: LayerScan) -> np.ndarray:
    """Return how sparsely units (C) answer: 1 - mean(r)² / mean(r²) over all positions, r what is above zero.

    0 for one that always answers alike, near 1 for one that answers rarely and then strongly, 0 for one that never
    does. Rolls and Tovée (1995, "Sparseness of the neuronal representation of stimuli") count its complement.
    """
    squared = scanned.rectified_mean**2
    whole = squared + scanned.rectified_std**2
    return np.divide(scanned.rectified_std**2, whole, out=np.zeros_like(whole), where=whole > 0)


def sparsest(scanned: LayerScan, count: int, crops: int) -> list[str]:
    """Choose the units that answer most sparsely among those that as many images drive above zero as crops are shown.

    Where too few have so many, others follow.
    """
    driven = (scanned.top.value[:, :crops] > 0).sum(axis=1)
    enough = driven >= min(crops, scanned.images)
    ranked = np.lexsort((-sparseness(scanned), ~enough))
    return [f"{scanned.layer}:{index}" for index in ranked[:count].tolist()]


def _level(
    model: Model, dataset: Dataset, scanned: LayerScan, units: list[str], chosen: bool, wish: Wish
) -> Level:  # fmt: skip
    wanted, crops = [model.unit(text) for text in units], _crops(model, dataset, units, wish)
    return Level(
        layer=scanned.layer,
        sees=model.card.sees(scanned.layer),
        units=tuple(units),
        labels=tuple(model.label(unit) for unit in wanted),
        sparseness=sparseness(scanned)[[unit.index for unit in wanted]],
        chosen=chosen,
        portraits=_portraits(model, dataset, units, wish),
        crops=crops,
        patches=tuple(_patches(model, dataset, crops, wish)),
    )


def _portraits(model: Model, dataset: Dataset, units: list[str], wish: Wish) -> Reached | None:
    if "visualization" not in wish.kinds:
        return None
    return reached.of(model, dataset, units, recipe=wish.recipe, seed=wish.seed)


def _crops(model: Model, dataset: Dataset, units: list[str], wish: Wish) -> tuple[Examples, ...]:
    if not {"crops", "gradients"} & {*wish.kinds}:
        return ()
    return tuple(examples.of(model, dataset, units, wish.count))


def _patches(model: Model, dataset: Dataset, crops: tuple[Examples, ...], wish: Wish) -> Iterator[GradientPatches]:
    if "gradients" in wish.kinds:
        yield from (moved(model, dataset, one, wish.method) for one in crops)
