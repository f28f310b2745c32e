"""What a layer gives for pictures, as one row of numbers a picture: pooled, or laid out with its places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import torch
from torch.nn.functional import adaptive_avg_pool2d

from figures import lab
from figures.methods.activations import prepared, read
from figures.methods.batches import in_batches
from figures.methods.models import Model
from figures.methods.probes.stimuli import CuePictures

POOLED, FLATTENED = "pooled", "flattened"
MOST = 4096
"""How many numbers a flattened layer may have: larger maps are averaged over neighbouring places."""
_PIXELS, _BATCH = 8 * 224**2, 64


def features(model: Model, pictures: CuePictures, layers: Sequence[str], kind: str) -> dict[str, np.ndarray]:
    """Return {layer: (n, numbers)}, float32, of what the layers hand on for all pictures."""
    count, parts = len(pictures.labels()), []
    size = max(1, min(_BATCH, _PIXELS // model.input_size**2))

    def look(some: slice) -> dict[str, np.ndarray]:
        images = pictures.images(np.arange(count)[some], model.input_size)
        with torch.inference_mode():
            maps = read(model, prepared(images, lab.device(), model.channels), layers, pre=False)
            return {layer: rows(each.float(), kind).cpu().numpy() for layer, each in maps.items()}

    parts = list(lab.track(in_batches(count, size, look), f"{model.name}, pictures", -(-count // size)))
    return {layer: np.concatenate([part[layer] for part in parts]) for layer in layers}


def pixels(pictures: CuePictures, size_px: int = 64) -> np.ndarray:
    """Return the pictures themselves, (n, numbers), averaged over neighbouring pixels as maps are."""
    return rows(pictures.images(np.arange(len(pictures.labels())), size_px), FLATTENED).numpy()


def rows(maps: torch.Tensor, kind: str) -> torch.Tensor:
    """Turn maps (n, channel, height, width) into rows (n, numbers)."""
    places = (1, 1) if kind == POOLED else grid(*maps.shape[1:])
    return adaptive_avg_pool2d(maps, places).flatten(1)


def grid(channels: int, height: int, width: int) -> tuple[int, int]:
    """Return the most places (down, across) that a flattened map keeps with at most `MOST` numbers in all."""
    sides = [(height, width), *_smaller(height, width)]
    return next(((down, across) for down, across in sides if channels * down * across <= MOST), (1, 1))


def _smaller(height: int, width: int) -> Iterator[tuple[int, int]]:
    longer = max(height, width)
    for side in range(longer - 1, 0, -1):
        yield max(1, height * side // longer), max(1, width * side // longer)
