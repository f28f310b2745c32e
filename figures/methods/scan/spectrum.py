"""What the images themselves are like: their spectrum, and which cannot be read."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch


class Pixels:
    """The sum of the images' amplitude spectra, and the names of those that cannot be read or decoded."""

    def __init__(self, channels: int, size_px: int, broken: Sequence[str] = ()) -> None:
        self.count = 0
        self.amplitude = np.zeros((channels, size_px, size_px // 2 + 1))
        self.broken = list(broken)

    def add(self, images: torch.Tensor) -> None:
        """Add images (n, channel, size, size) in [0, 1]."""
        for some in images.split(8):
            self.amplitude += torch.fft.rfft2(some, norm="ortho").abs().sum(0, dtype=torch.float64).numpy(force=True)
        self.count += len(images)

    def join(self, count: int, amplitude: np.ndarray, broken: np.ndarray) -> None:
        """Add what was seen of another part of the images."""
        self.count += int(count)
        self.amplitude = self.amplitude + amplitude
        self.broken += broken.tolist()

    def result(self) -> dict[str, np.ndarray]:
        """Return the mean amplitude (channel, size, size // 2 + 1), how many images, and the broken ones' names."""
        return {
            "spectrum": (self.amplitude / self.count).astype(np.float32),
            "images": np.asarray(self.count),
            "broken": np.asarray(self.broken, dtype=str),
        }
