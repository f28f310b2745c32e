"""Choose crops that a unit sees: the strongest, some at random, or those of some images."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np

from figures.methods.activations import activations
from figures.methods.attribution import Place
from figures.methods.datasets import Dataset
from figures.methods.labelled_crops import LabelledCrops
from figures.methods.models import Model
from figures.methods.scan import LayerScan
from figures.units import Unit

Choice = Literal["strongest", "firing", "random"]


def of_scan(seen: LayerScan, unit: Unit, choose: Choice, count: int, seed: int = 0) -> tuple[Place, ...]:
    """Choose places of a scan, one an image; raises ValueError where the unit should fire and fires for none."""
    if choose == "strongest":
        return places(seen.furthest(unit, count).places)
    value = seen.reservoir.value[:, unit.index] * (-1 if unit.negative else 1)
    there = np.arange(len(value)) if choose == "random" else np.flatnonzero(value > 0)
    if not len(there):
        raise ValueError(f"{unit} fires for none of {len(value)} places drawn at random; expected choose random")
    return places(seen.reservoir.places[np.random.default_rng(seed).permutation(there)[:count]])


def of_images(model: Model, dataset: Dataset, unit: Unit, images: Sequence[int]) -> tuple[Place, ...]:
    """Choose the place of each image where a unit answers most; raises ValueError for an image that there is not."""
    for image in images:
        if not 0 <= image < len(dataset):
            raise ValueError(f"no image {image}: {dataset.name} has images 0 to {len(dataset) - 1}")
    shown = dataset.sized(model.input_size, model.channels).images(np.array(images))
    maps = activations(model, shown, unit.layer)[:, unit.index] * (-1 if unit.negative else 1)
    y, x = np.unravel_index(maps.flatten(1).argmax(dim=1).numpy(), maps.shape[1:])
    return places(np.stack([np.array(images), y, x], axis=1))


def strongest(place: np.ndarray, value: np.ndarray, count: int) -> tuple[Place, ...]:
    """Choose the places (n, 3) with the largest values (n,), one of each image, the largest first."""
    ranked = place[np.lexsort((*place.T[::-1], -value))]
    _, first = np.unique(ranked[:, 0], return_index=True)
    return places(ranked[np.sort(first)[:count]])


def places(place: np.ndarray) -> tuple[Place, ...]:
    """Write places (n, 3) as plain numbers, by which a measurement remembers them."""
    return tuple((image, y, x) for image, y, x in place.tolist())


def mislabelled(crops: LabelledCrops, label: str, count: int, unit: str) -> tuple[Place, ...]:
    """Choose the strongest crops with a label that a unit fires for; raises ValueError where it fires for none."""
    wrong = crops.fires & crops.mostly(label)
    if not wrong.any():
        raise ValueError(f"{unit} fires for no crop labelled {label}; expected another label or more labelled crops")
    return strongest(crops.place[wrong], crops.activation[wrong], count)
