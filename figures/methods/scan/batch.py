"""What a network answered to some images, and the random numbers that go with them."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch

from figures.glyphs import counter

KEY_BITS, _PLACE_BITS = 40, 24
_PLACES, _IMAGES = 0, 1
#: Values looked at together: small enough that their copies stay in a processor's cache.
_BLOCK = {"cpu": 1 << 17}
LARGE_BLOCK = 1 << 24


@dataclass(frozen=True)
class Batch:
    """Maps (image, channel, height, width) of images by their index in the data set."""

    maps: torch.Tensor
    images: np.ndarray
    seed: int = 0

    @property
    def area(self) -> int:
        """Positions per image."""
        return self.maps.shape[2] * self.maps.shape[3]

    @functools.cached_property
    def by_image(self) -> torch.Tensor:
        """The maps as (image, position, channel); no copy where channels are last in memory."""
        return self.maps.permute(0, 2, 3, 1).flatten(1, 2)

    @property
    def values(self) -> torch.Tensor:
        """The maps as (position, channel), image after image."""
        return self.by_image.flatten(0, 1)

    @functools.cached_property
    def extremes(self) -> tuple[np.ndarray, np.ndarray]:
        """The least and the greatest value of each image and channel."""
        return self.by_image.amin(1).numpy(force=True), self.by_image.amax(1).numpy(force=True)

    @functools.cached_property
    def spots(self) -> np.ndarray:
        """Image and place of each position as one number, (position,)."""
        return spots(self.images[:, None], np.arange(self.area)).reshape(-1)

    @functools.cached_property
    def keys(self) -> np.ndarray:
        """A random number for each position, (position,)."""
        return position_keys(self.seed, self.spots)

    def blocks(self) -> Iterator[torch.Tensor]:
        """Yield the maps of a few images at a time, (image, position, channel)."""
        size = _BLOCK.get(self.maps.device.type, LARGE_BLOCK)
        yield from self.by_image.split(max(1, size // max(self.maps[0].numel(), 1)))


def spots(image: np.ndarray, place: np.ndarray) -> np.ndarray:
    """Write the index of an image and a place in its map as one number; the two broadcast."""
    return (image.astype(np.int64) << _PLACE_BITS) + place


def image_and_place(spot: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Undo `spots`."""
    return spot >> _PLACE_BITS, spot & ((1 << _PLACE_BITS) - 1)


def small(numbers: np.ndarray) -> np.ndarray:
    """Return whole numbers, none below 0, in the fewest bytes that hold them all."""
    return numbers.astype(np.min_scalar_type(int(numbers.max(initial=0))))


def position_keys(seed: int, spot: np.ndarray) -> np.ndarray:
    """Return 40 random bits for each spot, a function of seed, image and place alone."""
    return (counter.keys(2 * seed + _PLACES, spot) >> np.uint64(64 - KEY_BITS)).astype(np.int64)


def image_chances(seed: int, images: np.ndarray) -> np.ndarray:
    """Return two uniforms for each image, (image, 2)."""
    return counter.uniforms(counter.keys(2 * seed + _IMAGES, images), 2)
