"""A layer's code of an image: its activations after the rectifier, pooled over space or as they are, of length one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch

from figures import lab
from figures.measurement import measurement
from figures.methods.activations import prepared, read
from figures.methods.batches import in_batches
from figures.methods.datasets import Dataset
from figures.methods.models import Model

MOST = 64_000_000
"""How many numbers codes may have in all: a quarter of a gibibyte."""
_BATCH = 16

POOLS: Mapping[str, Callable[[torch.Tensor], torch.Tensor]] = {
    "mean": lambda maps: maps.mean(dim=(2, 3)),
    "max": lambda maps: maps.amax(dim=(2, 3)),
    "flat": lambda maps: maps.flatten(start_dim=1),
}
"""How maps (n, channel, height, width) become vectors (n, numbers)."""


@dataclass(frozen=True)
class Codes:
    """Vectors (n, numbers) of length one, of those images (n,) of a data set that can be read."""

    image: np.ndarray
    vectors: np.ndarray


@measurement
def codes(model: Model, dataset: Dataset, layer: str, *, images: Sequence[int], pool: str) -> Codes:
    """Read the codes of images by number; distances between them grow as the cosine of their angle falls.

    Raises ValueError where codes as they are would be too large, or no image can be read.
    """
    data, numbers = dataset.sized(model.input_size, model.channels), np.asarray(images)

    def coded(some: slice) -> tuple[np.ndarray, torch.Tensor]:
        there, pictures = data.usable(numbers[some])
        if not len(there):
            return there, torch.zeros(0, 0)
        maps = read(model, prepared(pictures, lab.device(), model.channels), [layer], pre=False)[layer].float()
        _check_size(maps, len(numbers), layer, pool)
        return there, POOLS[pool](maps).cpu()

    with torch.inference_mode():
        parts = [part for part in in_batches(len(numbers), _BATCH, coded) if len(part[0])]
    if not parts:
        raise ValueError(f"{dataset.name}: no image can be read")
    vectors = torch.nn.functional.normalize(torch.cat([vectors for _, vectors in parts]), dim=1)
    return Codes(np.concatenate([there for there, _ in parts]), vectors.numpy())


def spread(dataset: Dataset, count: int) -> tuple[int, ...]:
    """Choose `count` images at most, evenly over a data set."""
    chosen = np.linspace(0, len(dataset) - 1, min(count, len(dataset))).round().astype(int)
    return tuple(np.unique(chosen).tolist())


def _check_size(maps: torch.Tensor, images: int, layer: str, pool: str) -> None:
    each = maps[0].numel()
    if pool == "flat" and images * each > MOST:
        raise ValueError(
            f"pool flat: {images} codes of {each} numbers at {layer}; expected at most {MOST // each} images, "
            "or pool mean or max"
        )
