"""The images of a data set that drive units furthest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from figures.methods import scan
from figures.methods.datasets import Dataset
from figures.methods.layers import rectified
from figures.methods.models import Model
from figures.methods.pictures import pixels
from figures.units import Unit


@dataclass(frozen=True)
class Examples:
    """The images that drive a unit furthest, or lower it where it has a minus, each where it does so most.

    positions (n,): furthest first. pictures (n, side, side, 3) uint8: what the unit sees there, or the whole images,
    of which `window` is what it sees: first rows and columns (n,), and the side in pixels. `rectified` tells
    whether a rectifier ends the unit's layer; activations are those before it.
    """

    unit: Unit
    rectified: bool
    scanned: scan.UnitScan
    positions: scan.Positions
    pictures: np.ndarray
    window: tuple[np.ndarray, np.ndarray, int] | None = None


def of(model: Model, dataset: Dataset, units: Sequence[str], count: int, *, whole: bool = False) -> list[Examples]:
    """Find the `count` images that each unit answers to most, cut to what it sees, or `whole`."""
    wanted = [model.unit(text) for text in units]
    scans = scan.by_layer(model, dataset, [unit.layer for unit in wanted])
    return [_examples(model, dataset, scans[unit.layer], unit, count, whole) for unit in wanted]


def columns(several: Sequence[Examples]) -> dict[str, Sequence[object] | np.ndarray]:
    """Return what a table lists: a row for each image of each unit."""
    every = scan.Positions.joined([seen.positions for seen in several])
    return {
        "unit": [str(seen.unit) for seen in several for _ in range(len(seen.positions))],
        "rank": [rank + 1 for seen in several for rank in range(len(seen.positions))],
        "image": every.image,
        "y": every.y,
        "x": every.x,
        "activation": every.value,
    }


def _examples(model: Model, dataset: Dataset, scanned: scan.LayerScan, unit: Unit, count: int, whole: bool) -> Examples:
    best, layer = scanned.furthest(unit, count), unit.layer
    seen = scan.seen(model, dataset).images(best.image) if whole else scan.crops(model, dataset, layer, *best.indices)
    window = scan.windows(model, layer, best.y, best.x) if whole else None
    return Examples(unit, rectified(model, layer), scanned.unit(unit.index), best, pixels(seen), window)
