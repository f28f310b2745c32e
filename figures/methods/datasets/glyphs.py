"""The procedural data set that comes with the package, as a data set by index."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

import numpy as np
import torch

from figures.glyphs import dataset as glyphs
from figures.methods.datasets.indices import Indices
from figures.methods.datasets.resizing import resized, with_channels
from figures.methods.digests import with_code


@dataclass(frozen=True)
class Glyphs:
    """The first `count` images from `start` on that no network was trained on."""

    count: int
    start: int = 0
    size_px: int = glyphs.SIZE_PX
    channels: int = 3
    broken: tuple[str, ...] = ()
    variant: glyphs.Variant = glyphs.STANDARD

    @property
    def name(self) -> str:
        return f"glyphs:{self.count}" if not self.start else f"glyphs:{self.start}..{self.start + self.count - 1}"

    @property
    def digest(self) -> str:
        """The digest of the name and, in a lab that remembers, of the code that draws the images."""
        size = "" if (self.size_px, self.channels) == (glyphs.SIZE_PX, 3) else f" {self.size_px} {self.channels}"
        variant = "" if self.variant == glyphs.STANDARD else f" {self.variant}"
        return with_code(hashlib.sha256(f"{self.name}{size}{variant}".encode()).hexdigest(), drawn)

    def __len__(self) -> int:
        return self.count

    def images(self, indices: Indices, size_px: int | None = None) -> torch.Tensor:
        """Draw images (n, channel, size, size), float32 in [0, 1]; 64 px unless sized."""
        return drawn(self._chosen(indices), size_px or self.size_px, self.channels, self.variant)

    def usable(self, indices: Indices) -> tuple[np.ndarray, torch.Tensor]:
        """Return the indices, and their images."""
        return np.asarray(indices, dtype=np.int64), self.images(indices)

    def names(self, indices: Indices) -> list[str]:
        """Return the place of each image in the whole of the data set."""
        return [str(self.start + int(index)) for index in indices]

    def files(self, indices: Indices) -> list[str]:
        """Return nothing: images are drawn, and come from no files."""
        return []

    def labels(self, indices: Indices) -> list[str]:
        """Return the name of each image's shape."""
        return [glyphs.SHAPES[number] for number in self.parameters(indices).shape.tolist()]

    def parameters(self, indices: Indices) -> glyphs.Parameters:
        """Return the true parameters of images, each with a leading axis over them; lengths in px of 64."""
        return glyphs.known(self._chosen(indices), variant=self.variant)

    def part(self, start: int, stop: int) -> Glyphs:
        """Return the images from `start` to before `stop`."""
        return replace(self, start=self.start + start, count=min(stop, self.count) - start)

    def sized(self, size_px: int, channels: int) -> Glyphs:
        """Return the same images in another size, and in colour (3) or grey (1)."""
        return replace(self, size_px=size_px, channels=channels)

    def _chosen(self, indices: Indices) -> torch.Tensor:
        chosen = torch.as_tensor(indices, dtype=torch.int64)
        wrong = chosen[(chosen < 0) | (chosen >= self.count)]
        if len(wrong):
            raise ValueError(f"{self.name} has images 0 to {self.count - 1}, not {int(wrong[0])}")
        return glyphs.HELD_OUT + self.start + chosen


def drawn(
    indices: torch.Tensor, size_px: int, channels: int, variant: glyphs.Variant = glyphs.STANDARD
) -> torch.Tensor:
    """Draw images by their index in the whole of the data set, (n, channel, size, size)."""
    return with_channels(resized(glyphs.render(indices, variant=variant)[0], size_px), channels)
