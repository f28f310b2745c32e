"""How the colours of a data set vary together."""

from __future__ import annotations

import numpy as np
import torch

from figures.measurement import measurement
from figures.methods.datasets import Dataset

_BATCH = 32


@measurement
def colour_covariance(dataset: Dataset, *, images: int = 512) -> dict[str, np.ndarray]:
    """Return the covariance (channel, channel) of the colours of pixels, over images spread through a data set.

    Raises ValueError where none of them can be decoded.
    """
    chosen = np.arange(min(images, len(dataset))) * len(dataset) // min(images, len(dataset))
    count, total = 0, torch.zeros(dataset.channels, dtype=torch.float64)
    square = torch.outer(total, total)
    for some in np.split(chosen, range(_BATCH, len(chosen), _BATCH)):
        pixels = dataset.usable(some)[1].movedim(1, 0).flatten(1).double()
        count += pixels.shape[1]
        total += pixels.sum(1)
        square += pixels @ pixels.T
    if not count:
        raise ValueError(f"data set {dataset.name!r}: none of {len(chosen)} images can be decoded")
    mean = total / count
    return {"covariance": ((square - count * torch.outer(mean, mean)) / (count - 1)).numpy()}
