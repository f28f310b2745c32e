"""What two units answer at the same place, over the images of a data set."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import torch

from figures import lab
from figures.measurement import measurement
from figures.methods.activations import prepared, read
from figures.methods.batches import in_batches
from figures.methods.datasets import Dataset
from figures.methods.models import Model
from figures.units import Unit

_BATCH = 16


@dataclass(frozen=True)
class Pairs:
    """Images (n,) by number, and what the upper and the lower unit answer to each, (n,), before their rectifiers."""

    image: np.ndarray
    upper: np.ndarray
    lower: np.ndarray

    @property
    def correlation(self) -> float:
        """Pearson's correlation of the two; NaN where one of them answers the same to all images."""
        if len(self.image) < 2 or not (np.ptp(self.upper) and np.ptp(self.lower)):
            return math.nan
        return float(np.corrcoef(self.upper, self.lower)[0, 1])


@measurement
def pairs(model: Model, dataset: Dataset, upper: str, lower: str) -> Pairs:
    """Read the upper unit where it answers most to an image, and the lower one at that place.

    Units with a minus answer most where they are lowest. Of a lower unit whose map is finer, the place is all that the
    upper unit's position stands for; of a class, it is the whole map. Images that cannot be decoded are left out.
    """
    units, data = (model.unit(upper), model.unit(lower)), dataset.sized(model.input_size, model.channels)
    steps = -(-len(data) // _BATCH)
    batches = in_batches(len(data), _BATCH, lambda some: _answers(model, data, units, some))
    rows = np.concatenate(list(lab.track(batches, f"pairs {upper} {lower}", steps)))
    return Pairs(rows[:, 0].astype(np.int64), rows[:, 1], rows[:, 2])


def _answers(model: Model, data: Dataset, units: tuple[Unit, Unit], some: slice) -> np.ndarray:
    """Return number, upper and lower answer of some images, (n, 3)."""
    numbers, images = data.usable(range(len(data))[some])
    if not len(numbers):
        return np.zeros((0, 3))
    layers = list(dict.fromkeys(unit.layer for unit in units))
    with torch.inference_mode():
        maps = read(model, prepared(images, lab.device(), model.channels), layers)
    above, below = (maps[unit.layer][:, unit.index].double().cpu().numpy() for unit in units)
    answers = [_together(model, units, *both) for both in zip(above, below, strict=True)]
    return np.column_stack([numbers, answers])


def _together(model: Model, units: tuple[Unit, Unit], above: np.ndarray, below: np.ndarray) -> tuple[float, float]:
    upper, lower = units
    place = _most(above, upper)
    rows, columns = (_within(model, units, at, size) for at, size in zip(place, below.shape, strict=True))
    there = below[rows, columns]
    return float(above[place]), float(there[_most(there, lower)])


def _most(values: np.ndarray, unit: Unit) -> tuple[int, int]:
    row, column = np.unravel_index(np.argmax(-values if unit.negative else values), values.shape)
    return int(row), int(column)


def _within(model: Model, units: tuple[Unit, Unit], at: int, size: int) -> slice:
    """Return the rows, or columns, of the lower map that a position of the upper one stands for."""
    upper, lower = units
    if upper.layer in model.heads:
        return slice(0, size)
    wide, fine = model.receptive_field(upper.layer), model.receptive_field(lower.layer)
    middle = (wide.place_px(float(at)) - fine.place_px(0.0)) / fine.stride_px
    reach = max(wide.stride_px / fine.stride_px - 1, 0) / 2
    first = min(max(math.floor(middle - reach + 0.5), 0), size - 1)
    return slice(first, min(max(math.floor(middle + reach + 0.5), first), size - 1) + 1)
