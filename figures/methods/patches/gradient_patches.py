"""Gradients of a unit at places of a data set, cut to what the unit sees there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch

from figures import lab
from figures.measurement import measurement
from figures.methods import scan
from figures.methods.activations import prepared
from figures.methods.attribution import Place
from figures.methods.batches import in_batches
from figures.methods.datasets import Dataset
from figures.methods.models import Model
from figures.methods.patches import slopes

_PIXELS, _MOST = 2**19, 32


@dataclass(frozen=True)
class GradientPatches:
    """What moves a unit at places (n).

    images (n, side, side, channel) uint8: the gradient around grey, 128, cut as the unit's crop is and each by a
    scale (n,) of its own: black and white are so large. value (n,): what enters the unit's rectifier, or a logit.
    within (n,): the share of the gradient's absolute values that lies in the crop, NaN where there is none.
    """

    images: np.ndarray
    scale: np.ndarray
    value: np.ndarray
    within: np.ndarray


@measurement(each="places")
def gradient_patches(
    model: Model, dataset: Dataset, places: Sequence[Place], *, unit: str, method: str
) -> GradientPatches:  # fmt: skip
    """Send a gradient back from a unit at each of some places (image, row, column), each from that place alone.

    Raises ValueError as `slopes` does.
    """
    guess = max(1, min(_MOST, _PIXELS // model.input_size**2))
    parts = in_batches(
        len(places), guess, lambda some: _together(model, dataset, places[some], unit=unit, method=method)
    )
    rows = [row for part in parts for row in part]
    return GradientPatches(**{name: np.stack([np.asarray(row[name]) for row in rows]) for name in rows[0]})


def _together(
    model: Model, dataset: Dataset, places: Sequence[Place], *, unit: str, method: str
) -> list[dict[str, object]]:  # fmt: skip
    # A lone image goes through other kernels, which round otherwise.
    image, y, x = np.array(list(places) * (1 + (len(places) == 1)), dtype=np.int64).reshape(-1, 3).T
    images = prepared(dataset.sized(model.input_size, model.channels).images(image), lab.device(), model.channels)
    wanted = model.unit(unit)
    seen = slopes.slopes(model, wanted, method, images, list(zip(y.tolist(), x.tolist(), strict=True)))
    rows, columns, side = scan.windows(model, wanted.layer, y, x)
    squares = [np.s_[:, r : r + side, c : c + side] for r, c in zip(rows.tolist(), columns.tolist(), strict=True)]
    return [_row(*one) for one in zip(seen.gradients, seen.values, squares, strict=True)][: len(places)]


def _row(gradient: torch.Tensor, value: torch.Tensor, square: tuple[slice, ...]) -> dict[str, object]:
    whole = gradient.float().cpu().numpy()
    return {
        "images": slopes.greyed(whole[square]),
        "scale": slopes.scale(whole[square]),
        "value": float(value),
        "within": slopes.share(whole, whole[square]),
    }
