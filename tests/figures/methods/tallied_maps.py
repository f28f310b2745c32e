"""Maps of activations, and a tally of them in batches."""

from __future__ import annotations

import numpy as np
import torch

from figures.methods.scan.batch import Batch
from figures.methods.scan.tally import Depth, Tally

DEPTH = Depth(top=4, bins=16, samples_per_bin=3, reservoir=9, seed=5)
COUNT, CHANNELS, HEIGHT, WIDTH = 40, 5, 3, 4


def of_many_kinds() -> np.ndarray:
    """Channels of many kinds: gaussian, far from zero, rectified, constant, few values with ties."""
    rng = np.random.default_rng(0)
    values = rng.standard_normal((COUNT, CHANNELS, HEIGHT, WIDTH)).astype(np.float32)
    values[:, 0] *= np.linspace(0.01, 9, COUNT, dtype=np.float32)[:, None, None]  # the bins must grow
    values[:, 1] += 1000
    values[:, 2] = np.maximum(values[:, 2], 0)
    values[:, 3] = 1234.5
    values[:, 4] = np.round(values[:, 4] * 2) / 2
    return values


def tallied(maps: np.ndarray, images: np.ndarray, batch: int, depth: Depth = DEPTH) -> Tally:
    """Tally images, some at a time."""
    tally = Tally(maps.shape[1], depth)
    for start in range(0, len(images), batch):
        some = images[start : start + batch]
        part = torch.from_numpy(maps[some]).contiguous(memory_format=torch.channels_last)
        tally.add(Batch(part, some, depth.seed))
    return tally
