"""A few images that are held in memory, as a data set."""

from __future__ import annotations

import functools
import hashlib
from dataclasses import dataclass, replace

import numpy as np
import torch

from figures.methods.datasets.indices import Indices
from figures.methods.datasets.resizing import resized, with_channels


@dataclass(frozen=True, eq=False)
class Held:
    """Images (n, channel, size, size) in [0, 1], with their names and their labels."""

    name: str
    whole: torch.Tensor
    given: tuple[str, ...]
    known: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()

    @property
    def size_px(self) -> int:
        return self.whole.shape[-1]

    @property
    def channels(self) -> int:
        return self.whole.shape[1]

    @functools.cached_property
    def digest(self) -> str:
        """The digest of the pixels."""
        digest = hashlib.sha256(" ".join(map(str, self.whole.shape)).encode())
        digest.update(self.whole.contiguous().numpy().reshape(-1).view(np.uint8).data)
        return digest.hexdigest()

    def __len__(self) -> int:
        return len(self.whole)

    def images(self, indices: Indices, size_px: int | None = None) -> torch.Tensor:
        """Return images (n, channel, size, size)."""
        return resized(self.whole[self._chosen(indices)], size_px or self.size_px)

    def usable(self, indices: Indices) -> tuple[np.ndarray, torch.Tensor]:
        """Return the indices, and their images."""
        return self._chosen(indices).numpy(), self.images(indices)

    def names(self, indices: Indices) -> list[str]:
        """Return the name of each image."""
        return [self.given[index] for index in self._chosen(indices).tolist()]

    def files(self, indices: Indices) -> list[str]:
        """Return the same, none where images have no names."""
        return self.names(indices) if self.given else []

    def labels(self, indices: Indices) -> list[str]:
        """Return the label of each image, empty where there is none."""
        return [self.known[index] if self.known else "" for index in self._chosen(indices).tolist()]

    def part(self, start: int, stop: int) -> Held:
        """Return the images from `start` to before `stop`."""
        some = slice(start, stop)
        return replace(self, whole=self.whole[some], given=self.given[some], known=self.known[some])

    def sized(self, size_px: int, channels: int) -> Held:
        """Return the same images in another size, and in colour (3) or grey (1)."""
        images = resized(self.whole, size_px)
        return replace(self, whole=images if channels == self.channels else with_channels(images, channels))

    def _chosen(self, indices: Indices) -> torch.Tensor:
        chosen = torch.as_tensor(indices, dtype=torch.int64).reshape(-1)
        wrong = chosen[(chosen < 0) | (chosen >= len(self))]
        if len(wrong):
            raise ValueError(f"{self.name} has images 0 to {len(self) - 1}, not {int(wrong[0])}")
        return chosen
