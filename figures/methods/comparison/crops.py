"""Squares of pictures around places of a layer's maps."""

from __future__ import annotations

import numpy as np
import torch

from figures.methods.datasets import Dataset
from figures.methods.models import Model


def side_px(model: Model, layer: str, share: float) -> int:
    """Return the side of a crop: a share of the picture's, and no more than a place sees."""
    return max(1, min(round(share * model.input_size), model.receptive_field(layer).size_px, model.input_size))


def corners(model: Model, layer: str, y: np.ndarray, x: np.ndarray, side: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the first row and column (n,) of squares around places, moved inside the picture."""
    field, last = model.receptive_field(layer), model.input_size - side
    rows, columns = (np.rint(field.place_px(np.asarray(at)) - (side - 1) / 2).astype(int) for at in (y, x))
    return np.clip(rows, 0, last), np.clip(columns, 0, last)


def around(
    model: Model, dataset: Dataset, layer: str, image: np.ndarray, y: np.ndarray, x: np.ndarray, side: int,
    channels: int = 3,
) -> torch.Tensor:  # fmt: skip
    """Cut squares of `side` pixels out of pictures around places (n,), (n, channel, side, side)."""
    rows, columns = corners(model, layer, y, x, side)
    shown, which = np.unique(image, return_inverse=True)
    whole = dataset.sized(model.input_size, channels).images(shown)
    return torch.stack([
        whole[number, :, row : row + side, column : column + side]
        for number, row, column in zip(which.tolist(), rows.tolist(), columns.tolist(), strict=True)
    ])  # fmt: skip
