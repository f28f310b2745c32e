"""What positions of a layer see of their images."""

from __future__ import annotations

import numpy as np
import torch

from figures.methods.datasets import Dataset
from figures.methods.models import Model


def seen(model: Model, dataset: Dataset) -> Dataset:
    """Return a data set as a network sees it, but in colour."""
    return dataset.sized(model.input_size, 3)


def windows(model: Model, layer: str, y: np.ndarray, x: np.ndarray) -> tuple[np.ndarray, np.ndarray, int]:
    """Return the first row and column (n,) of what positions see, moved inside the image, and its side in px."""
    field, length = model.receptive_field(layer), model.input_size
    side = min(field.size_px, length)
    rows, columns = (np.clip(field.first_px(np.asarray(i)), 0, length - side) for i in (y, x))
    return rows, columns, side


def crops(model: Model, dataset: Dataset, layer: str, image: np.ndarray, y: np.ndarray, x: np.ndarray) -> torch.Tensor:
    """Cut what positions see out of their images, (n, 3, side, side).

    The side is that of the receptive field, at most the image's; a window that would reach
    over a border is moved inside.
    """
    rows, columns, side = windows(model, layer, y, x)
    whole = seen(model, dataset).images(np.asarray(image))
    cut = [one[:, r : r + side, c : c + side] for one, r, c in zip(whole, rows, columns, strict=True)]
    return torch.stack(cut)
