"""How a unit, read at one position of each of some pictures, depends on their pixels."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import torch

from figures.methods.activations import read
from figures.methods.models import Model
from figures.methods.saliency.salient_picture import scale
from figures.methods.saliency.target import switched
from figures.texts import choice
from figures.units import Unit

METHODS = ("guided", "deconvolution", "gradient")


@dataclass(frozen=True)
class Slopes:
    """Gradients (n, channel, side, side), and the values (n,) that they are of: a logit, or what enters a rectifier."""

    gradients: torch.Tensor
    values: torch.Tensor


def check(method: str) -> str:
    """Return a method's name; raises ValueError with the nearest for one that there is not."""
    return choice(method, METHODS)


def slopes(
    model: Model, unit: Unit, method: str, images: torch.Tensor, places: Sequence[tuple[int, int]]
) -> Slopes:  # fmt: skip
    """Send a gradient of 1 back from one position (row, column) for each image (n, channel, side, side).

    Of a unit with a minus the signs are turned. Raises ValueError for a method that there is not, and where the
    network's rectifiers cannot be given its rule.
    """
    reader = _maps(model, unit.layer, check(method))
    rows, columns = (torch.tensor(one, device=images.device) for one in zip(*places, strict=True))
    with torch.enable_grad():
        shown = images.detach().clone().requires_grad_()
        maps = reader(shown)
        values = maps[torch.arange(len(shown), device=maps.device), unit.index, rows, columns]
        values = -values if unit.negative else values
        (gradients,) = torch.autograd.grad(values.sum(), shown)
    return Slopes(gradients, values.detach())


def _maps(model: Model, layer: str, method: str) -> Callable[[torch.Tensor], torch.Tensor]:
    if method == "gradient":
        return lambda images: read(model, images, [layer])[layer]
    return switched(model, layer, "guided" if method == "guided" else "deconvolution")


def greyed(gradient: np.ndarray) -> np.ndarray:
    """Draw a gradient (channel, height, width) around grey, (height, width, channel) uint8, by its own scale.

    Zero is 128; black and white are the 99th percentile of absolute values that are not zero.
    """
    signed = np.clip(gradient / (scale(gradient) or 1), -1, 1)
    drawn: np.ndarray = np.moveaxis(np.round(128 + 127 * signed).astype(np.uint8), 0, -1)
    return drawn


def share(gradient: np.ndarray, part: np.ndarray) -> float:
    """Return what share of a gradient's absolute values lies in a part of it; NaN where all are zero."""
    whole = float(np.abs(gradient).sum(dtype=np.float64))
    return float(np.abs(part).sum(dtype=np.float64)) / whole if whole else float("nan")
