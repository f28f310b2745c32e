"""What a layer answers to one picture, everywhere."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch

from figures.cards import VECTOR
from figures.measurement import measurement
from figures.methods.activations import activations
from figures.methods.models import Model
from figures.nearest import nearest


@dataclass(frozen=True)
class Answers:
    """The activations (channel, height, width) of a layer, as they leave it."""

    maps: np.ndarray


@measurement
def answers(model: Model, layer: str, *, image: np.ndarray) -> Answers:
    """Show a network a picture (channel, size, size) in [0, 1]."""
    return Answers(activations(model, image[None], layer, pre=False).numpy()[0])


def slope(value: torch.Tensor, hidden: torch.Tensor, lower: str, upper: str) -> torch.Tensor:
    """Return the gradient of a number of `upper` at what `lower` answers; raises ValueError where there is no way."""
    (found,) = torch.autograd.grad(value, hidden, retain_graph=True, allow_unused=True)
    if found is None:
        raise ValueError(f"{lower} does not reach {upper}; expected a layer before it")
    return found


def mapped(model: Model, layer: str) -> str:
    """Return the name of a layer that answers at many positions; raises ValueError for one that does not."""
    name = model.layer(layer)
    card = model.card.layers.get(model.card.base(name)) if name not in model.heads else None
    if card is None or card.layout == VECTOR or card.height * card.width <= 1:
        known = [one for one in model.main if model.card.layers[one].height > 1]
        kind = "is a head" if name in model.heads else "has one position"
        raise ValueError(f"{name} {kind}; expected a layer with a map{nearest(name, known) or example(known)}")
    return name


def example(known: list[str]) -> str:
    """Name a layer that would do, the last of some."""
    return f", such as {known[-1]}" if known else ""
