"""Images that an author asks for: a file beside the article, or images of a data set by their numbers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from figures.methods.datasets import Dataset
from figures.methods.datasets.decoding import decoded
from figures.methods.models import Model

CHANNELS = 3


def opened(path: Path, size_px: int) -> np.ndarray:
    """Read an image file as the network sees it, (3, size, size) in [0, 1]; raises ValueError for what is none."""
    try:
        picture = decoded(path.read_bytes(), size_px, CHANNELS)
    except (OSError, ValueError, SyntaxError) as error:
        raise ValueError(f"source {path.name}: not an image that can be read ({error})") from None
    return (np.moveaxis(picture, -1, 0) / 255).astype(np.float32)


def numbered(model: Model, dataset: Dataset, indices: Sequence[int]) -> np.ndarray:
    """Return images (n, 3, size, size) of a data set; raises ValueError for a number that it does not have."""
    for index in indices:
        if not 0 <= index < len(dataset):
            raise ValueError(f"image {index}; {dataset.name} has images 0 to {len(dataset) - 1}")
    if not len(indices):
        return np.zeros((0, CHANNELS, model.input_size, model.input_size), np.float32)
    return dataset.sized(model.input_size, CHANNELS).images(list(indices)).numpy()
