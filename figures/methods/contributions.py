"""What the layer before adds to a unit at a place: the activations times the gradient.

After Cammarata et al. (2020, "Curve Detectors", section "Visualizing attribution"). With h the
activations of the layer before and z the unit's pre-activation at a place, the contributions are
h * dz/dh: where z is linear in h, the weights times the activations, and their sum and the unit's
bias make z. We differ in taking the gradient at the operating point instead of the weights, which
holds for any network: where rectifiers lie between, it counts what is in force.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch

from figures import lab
from figures.methods.activations import as_maps, key, prepared
from figures.methods.models import Model
from figures.units import PRE, Unit, whole_channel


@dataclass(frozen=True)
class Contributions:
    """What each activation of the layer before adds to a unit at places (n) of images.

    `maps` (n, channel, height, width) is h * dz/dh; `value` (n,) is z. `rest` is what no activation
    of that layer accounts for: the bias, where z is linear in h.
    """

    maps: torch.Tensor
    value: torch.Tensor

    @property
    def total(self) -> torch.Tensor:
        return self.maps.double().sum(dim=(1, 2, 3))

    @property
    def rest(self) -> torch.Tensor:
        return self.value.double() - self.total


def layer_before(model: Model, layer: str) -> str:
    """Return the last of a model's main layers that comes before a layer or head; raises ValueError where none does."""
    name = model.layer(layer).removesuffix(PRE)
    order = list(model.layers)
    until = len(order) if name in model.heads else order.index(name)
    earlier = [one for one in model.main if order.index(one) < until]
    if not earlier:
        raise ValueError(f"{name} is the first layer of {model.name}: expected a unit with a layer before it")
    return earlier[-1]


def source_layer(model: Model, unit: Unit, layer: str = "") -> str:
    """Return the layer that contributes to a unit: `layer`, or the one before; raises ValueError for one that cannot.

    A unit with a position is refused: places say where.
    """
    whole_channel(unit)
    name = model.layer(layer) if layer else layer_before(model, unit.layer)
    if name in model.heads or name == unit.layer:
        raise ValueError(f"{name} comes not before {unit}; expected a layer before it, such as {_example(model, unit)}")
    return name


def _example(model: Model, unit: Unit) -> str:
    return layer_before(model, unit.layer)


def contributions(
    model: Model, images: np.ndarray | torch.Tensor, unit: Unit, places: np.ndarray, layer: str = ""
) -> Contributions:
    """Split z at one place (y, x) of each image (n, channel, height, width) among the layer before.

    A unit with a minus has the contributions to -z. Raises ValueError where the layer does not
    reach the unit.
    """
    source = source_layer(model, unit, layer)
    before, own = key(model, source, False), key(model, unit.layer, True)
    shown = prepared(images, lab.device(), model.channels)
    with torch.enable_grad():
        shown.requires_grad_()
        found = model.reader((before, own))(shown)
        hidden, maps = found[before], as_maps(model, unit.layer, found[own])
        rows, columns = torch.as_tensor(np.asarray(places).T, device=maps.device)
        value = maps[torch.arange(len(maps), device=maps.device), unit.index, rows, columns]
        value = -value if unit.negative else value
        (slope,) = torch.autograd.grad(value.sum(), hidden, allow_unused=True)
    if slope is None:
        raise ValueError(f"{source} does not reach {unit}; expected a layer before it, such as {_example(model, unit)}")
    return Contributions(as_maps(model, source, (hidden * slope).detach()), value.detach())
