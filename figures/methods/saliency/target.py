"""What a map explains: the logit of a class, or a unit at one place of its map."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch

from figures import lab
from figures.measurement import measurement
from figures.methods.activations import as_maps, key, prepared, read
from figures.methods.insides import backward
from figures.methods.insides.instances import instance
from figures.methods.models import Model
from figures.units import Unit

Value = Callable[[torch.Tensor], torch.Tensor]
"""A function of images (n, channel, side, side) that answers (n,), or maps (n, channel, height, width)."""


@dataclass(frozen=True)
class Place:
    """A position of a map."""

    row: np.ndarray
    column: np.ndarray

    @property
    def pair(self) -> tuple[int, int]:
        return int(self.row), int(self.column)


@measurement
def strongest(model: Model, unit: str, *, image: np.ndarray) -> Place:
    """Find where a unit answers most to a picture (channel, side, side), with a minus least; or where it says."""
    wanted = model.unit(unit)
    if wanted.position is not None:
        return Place(*map(np.array, wanted.position))
    with torch.no_grad():
        maps = read(model, prepared(image[None], lab.device(), model.channels), [wanted.layer])[wanted.layer]
    best = (maps[0, wanted.index] * (-1 if wanted.negative else 1)).flatten().argmax()
    return Place(*map(np.array, divmod(int(best), maps.shape[-1])))


@dataclass(frozen=True)
class Target:
    """A unit at a place (y, x), or a class; with a minus, how little it answers."""

    model: Model
    unit: Unit
    place: tuple[int, int]

    def value(self, images: torch.Tensor) -> torch.Tensor:
        """Return logits, or what enters the unit's rectifier, (n,); differentiable."""
        return self.at_place(read(self.model, images, [self.unit.layer])[self.unit.layer])

    def at_place(self, maps: torch.Tensor) -> torch.Tensor:
        """Return what maps (n, channel, height, width) of the unit's layer say of it, (n,)."""
        return self._sign * maps[:, self.unit.index, self.place[0], self.place[1]]

    @property
    def is_class(self) -> bool:
        return self.unit.layer in self.model.heads

    def score(self, images: torch.Tensor) -> torch.Tensor:
        """Return the probability of a class, with a minus that of all others; of another unit its value."""
        if not self.is_class:
            return self.value(images)
        chosen = read(self.model, images, [self.unit.layer])[self.unit.layer][:, :, 0, 0].softmax(dim=1)
        share = chosen[:, self.unit.index]
        return 1 - share if self.unit.negative else share

    def switched(self, rule: backward.Rule) -> Value:
        """Return the value as a function whose rectifiers have another rule for gradients.

        Raises ValueError for a network whose graph cannot be written down.
        """
        maps = switched(self.model, self.unit.layer, rule)
        return lambda images: self.at_place(maps(images))

    @property
    def _sign(self) -> int:
        return -1 if self.unit.negative else 1


def switched(model: Model, layer: str, rule: backward.Rule) -> Value:
    """Return a function of images that gives a layer's maps, as `read` does, with another rule for gradients.

    Raises ValueError for a network whose graph cannot be written down.
    """
    if trouble := model.anatomy.trouble:
        raise ValueError(
            f"{rule}: the graph of {model.name} cannot be written down ({trouble}), and its rectifiers not be "
            "switched; expected methods other than guided and deconvolution"
        )
    part = instance(model.maker, lab.device()).part((key(model, layer, True),), tuple(model.heads))
    backward.switch(part, rule)

    def maps(images: torch.Tensor) -> torch.Tensor:
        (output,) = part(images).values()
        return as_maps(model, layer, output)

    return maps


def slope(value: Value, images: torch.Tensor) -> torch.Tensor:
    """Return the gradient (n, channel, side, side) of a value at images, each by itself."""
    with torch.enable_grad():
        shown = images.detach().clone().requires_grad_()
        (found,) = torch.autograd.grad(value(shown).sum(), shown)
    return found
