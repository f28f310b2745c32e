"""Means and standard deviations of every unit."""

from __future__ import annotations

import numpy as np
import torch

from figures.methods.scan.batch import Batch

SUMS = 4


class Moments:
    """Sums of values and of their squares, before and after the rectifier.

    A sum is the unevaluated sum of two doubles (Dekker, 1971, "A floating-point technique for
    extending the available precision"): its rounding lies far below that of the result, which
    is therefore the same in whatever order images and shards are joined.
    """

    def __init__(self, channels: int) -> None:
        self.count = 0
        self.high, self.low = np.zeros((2, SUMS, channels))

    def add(self, batch: Batch) -> None:
        """Add the values of a batch."""
        for block in batch.blocks():
            for sums in _sums(block):
                self.join(0, sums, np.zeros_like(sums))
        self.count += len(batch.images) * batch.area

    def join(self, count: int, high: np.ndarray, low: np.ndarray) -> None:
        """Add the sums of another part of the images."""
        total = self.high + high
        back = total - self.high
        lost = (self.high - (total - back)) + (high - back)  # Knuth's two-sum: what rounding took away
        rest = lost + self.low + low
        self.high = total + rest
        self.low = rest - (self.high - total)
        self.count += count

    def result(self) -> dict[str, np.ndarray]:
        """Return population moments, each (channel,)."""
        mean, square, rectified_mean, rectified_square = (self.high + self.low) / self.count
        return {
            "mean": mean,
            "std": np.sqrt(np.maximum(square - mean**2, 0)),
            "rectified_mean": rectified_mean,
            "rectified_std": np.sqrt(np.maximum(rectified_square - rectified_mean**2, 0)),
        }


def _sums(block: torch.Tensor) -> np.ndarray:
    """Sum values (image, position, channel), their squares, and both of their positive parts over positions."""
    rectified = block.relu()
    pieces = (block, block * block, rectified, rectified * rectified)
    return torch.stack([piece.double().sum(1) for piece in pieces], dim=1).numpy(force=True)
