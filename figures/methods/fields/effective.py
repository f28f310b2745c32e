"""How much of what a layer can see counts: the gradient of its middle unit, over pictures.

Luo et al. (2016, "Understanding the Effective Receptive Field in Deep Convolutional Neural Networks") find it a small
part of the receptive field, near a Gaussian. They count the pixels whose gradient is at least 4.55 % of the largest;
we take the square round the middle of the field that holds 95 % of the sum of absolute gradients, which a single
strong pixel does not change, and which is never larger than the field.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch

from figures import lab
from figures.measurement import measurement
from figures.methods.activations import center, prepared, read
from figures.methods.datasets import Dataset
from figures.methods.datasets.indices import some
from figures.methods.models import Model

SHARE = 0.95


@dataclass(frozen=True)
class Effective:
    """The side of the square that holds 95 % of the gradient, (layers,) in px; NaN where there is no gradient."""

    side_px: np.ndarray


@measurement(each="layers")
def effective(model: Model, dataset: Dataset, layers: tuple[str, ...], *, images: int, seed: int = 0) -> Effective:
    """Measure how far the middle unit of each layer sees in earnest, on `images` of a data set drawn at random.

    Of a unit's layer a random half of the channels counts against the other: the mean over pictures is that of any
    one channel. Raises ValueError where no image can be decoded.
    """
    shown = _shown(model, dataset, images, seed)
    with torch.enable_grad():
        maps = read(model, shown, list(layers))
        gradients = [_gradient(maps[layer], shown, center(model, layer), seed) for layer in layers]
    fields = [model.receptive_field(layer) for layer in layers]
    middles = [field.center_px(center(model, layer)[0]) for field, layer in zip(fields, layers, strict=True)]
    return Effective(np.array([side(one, middle) for one, middle in zip(gradients, middles, strict=True)]))


def _shown(model: Model, dataset: Dataset, images: int, seed: int) -> torch.Tensor:
    """Return some images of a data set, whose gradient is asked for."""
    chosen = some(len(dataset), images, seed)
    _, several = dataset.sized(model.input_size, model.channels).usable(chosen)
    if not len(several):
        raise ValueError(f"data set {dataset.name!r} has no image that can be decoded among the {len(chosen)} drawn")
    return prepared(several, lab.device(), model.channels).requires_grad_()


def _gradient(maps: torch.Tensor, images: torch.Tensor, place: tuple[int, int], seed: int) -> np.ndarray:
    """Return the mean absolute gradient (side, side) of the unit at a place of maps (n, channel, height, width)."""
    units = maps[:, :, place[0], place[1]]
    signs = torch.randint(0, 2, units.shape, generator=torch.Generator().manual_seed(seed)) * 2 - 1
    (found,) = torch.autograd.grad((units * signs.to(units)).sum(), images, retain_graph=True)
    mean: np.ndarray = found.abs().sum(dim=1).mean(dim=0).double().cpu().numpy()
    return mean


def side(gradient: np.ndarray, middle_px: float) -> float:
    """Return the side of the square round a middle (y = x) that holds 95 % of a map (side, side) of sizes.

    Pixels are squares, and what a ring of them holds is spread evenly over it.
    """
    away = np.abs(np.arange(len(gradient)) - middle_px)
    rings, ring = np.unique(np.maximum(away[:, None], away[None, :]), return_inverse=True)
    held = np.cumsum(np.bincount(ring.ravel(), weights=gradient.ravel()))
    if not held[-1]:
        return float("nan")
    sides = 2 * rings + 1
    return float(np.interp(SHARE, [0, *held / held[-1]], [max(sides[0] - 2, 0), *sides]))
