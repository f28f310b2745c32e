"""Which pixels drive a unit as part of the unit above it: local visualization paths.

A unit's gradient, by the rule of guided backpropagation, goes down to a lower layer; there all channels but one are
left out, and that one's part goes on to the pixels. So the picture of a lower unit lies where the upper one looks,
whatever the lower one answers elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import torch

from figures import lab
from figures.measurement import measurement
from figures.methods.activations import as_maps, fitted, key, prepared
from figures.methods.insides import backward
from figures.methods.insides.instances import instance
from figures.methods.models import Model
from figures.methods.saliency.target import Target, slope
from figures.methods.walks.weights import split

GUIDED, PLAIN, MIXED = "guided", "gradient", "gradient, then guided"
"""How a path was gone: by the rule of guided backpropagation, without it, or with it from the lower layer on only."""


@dataclass(frozen=True)
class Paths:
    """Paths (n, channel, side, side), float16, each with its largest absolute value at 1, and the rule of each (n,)."""

    maps: np.ndarray
    rules: np.ndarray


@measurement
def own(model: Model, unit: str, *, place: tuple[int, int], image: np.ndarray) -> Paths:
    """Return which pixels of a picture (channel, side, side) drive a unit at a place, or a class: one path."""
    target = Target(model, model.unit(unit), place)
    guided = guides(model)
    shown = prepared(image[None], lab.device(), model.channels)
    found = slope(target.switched("guided") if guided else target.value, shown)
    return _paths([found[0]], [GUIDED if guided else PLAIN])


@measurement(each="children")
def paths(
    model: Model, children: Sequence[int], *, unit: str, place: tuple[int, int], image: np.ndarray, layer: str
) -> Paths:
    """Return the path from a unit through each of some channels of a lower layer to the pixels.

    What holds the unit back is shown as what drives the channel all the same: by the sign of its weight. Where
    guided backpropagation leaves nothing of a channel, the gradient takes its place down to the layer.
    """
    plain = split(model, unit, place=place, image=image, layer=layer).maps[0]
    guided = guides(model)
    with torch.enable_grad():
        shown = fitted(prepared(image[None], lab.device()), model.channels).requires_grad_()
        hidden, value = _ends(model, unit, place, layer, guided)(shown)
        (slopes,) = torch.autograd.grad(value, hidden, retain_graph=True)
        signed = plain.sum(dim=(1, 2)).sign()
        several = [_path(model, layer, (hidden, slopes), shown, child, float(signed[child])) for child in children]
        rules = [GUIDED if guided else PLAIN] * len(several)
        empty = [place for place, one in enumerate(several) if not one.any()]
        for at in empty:
            rules[at] = MIXED if guided else PLAIN
            several[at] = _through(model, layer, plain[children[at]], hidden, shown, children[at], signed)
    return _paths(several, rules)


def guides(model: Model) -> bool:
    """Tell whether a network has rectifiers that can be given another rule."""
    return not model.anatomy.trouble and any(layer.rectified for layer in model.anatomy.layers.values())


def _ends(
    model: Model, unit: str, place: tuple[int, int], layer: str, guided: bool
) -> Callable[[torch.Tensor], tuple[torch.Tensor, torch.Tensor]]:
    """Return a function of images that answers a layer's output and a unit's value."""
    wanted, before = model.unit(unit), key(model, layer, False)
    target = Target(model, wanted, place)
    both = before, key(model, wanted.layer, True)

    def read(images: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        hidden, above = _outputs(model, both, guided)(images)
        return hidden, target.at_place(as_maps(model, wanted.layer, above)).sum()

    return read


def _outputs(model: Model, both: tuple, guided: bool) -> Callable[[torch.Tensor], tuple[torch.Tensor, ...]]:
    if not guided:
        return lambda images: tuple(map(model.reader(both)(images).__getitem__, both))
    part = instance(model.maker, lab.device()).part(both, tuple(model.heads))
    backward.switch(part, "guided")
    return lambda images: tuple(part(images).values())


def _path(model: Model, layer: str, ends: tuple, shown: torch.Tensor, child: int, sign: float) -> torch.Tensor:
    hidden, slopes = (as_maps(model, layer, one)[0, child] for one in ends)
    return _down((hidden * slopes.detach()).sum() * sign, shown)


def _through(
    model: Model, layer: str, plain: torch.Tensor, hidden: torch.Tensor, shown: torch.Tensor, child: int,
    signed: torch.Tensor,
) -> torch.Tensor:  # fmt: skip
    """Go on to the pixels from where the gradient itself arrives."""
    maps = as_maps(model, layer, hidden)[0, child]
    slopes = torch.where(maps != 0, plain / maps.detach(), torch.zeros_like(plain))
    return _down((maps * slopes).sum() * float(signed[child]), shown)


def _down(value: torch.Tensor, shown: torch.Tensor) -> torch.Tensor:
    (found,) = torch.autograd.grad(value, shown, retain_graph=True)
    return found[0]


def _paths(several: Sequence[torch.Tensor], rules: Sequence[str]) -> Paths:
    maps = [one.double().cpu().numpy() for one in several]
    scaled = [one / (np.abs(one).max() or 1) for one in maps]
    return Paths(np.stack(scaled).astype(np.float16), np.array(rules))
