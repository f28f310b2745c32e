"""The images that drive each unit furthest, up or down."""

from __future__ import annotations

import numpy as np
import torch

from figures.methods.scan.batch import Batch


class Top:
    """The furthest position of each image, kept for the images that go furthest.

    Equal values go to the image that comes first, and in an image to the position that does.
    """

    def __init__(self, name: str, channels: int, count: int, sign: int = 1) -> None:
        self.name, self.count, self.sign = name, count, sign
        self.value = np.zeros((channels, 0), np.float32)
        self.image = self.place = np.zeros((channels, 0), np.int64)

    def add(self, batch: Batch) -> None:
        """Offer the images of a batch."""
        value = batch.extremes[self.sign > 0].T
        fresh = np.broadcast_to(np.arange(len(batch.images)), value.shape)
        merged = np.concatenate([self.value, value], axis=1)
        image = np.concatenate([self.image, np.broadcast_to(batch.images, value.shape)], axis=1)
        order = self._order(merged, image)
        row = np.concatenate([np.full(self.value.shape, -1), fresh], axis=1)
        place = np.concatenate([self.place, np.full(value.shape, -1)], axis=1)
        self.value, self.image, place, row = (_taken(one, order) for one in (merged, image, place, row))
        channel, rank = (row >= 0).nonzero()
        place[channel, rank] = self._places(batch, row[channel, rank], channel)
        self.place = place

    def join(self, value: np.ndarray, image: np.ndarray, place: np.ndarray) -> None:
        """Offer what another part of the images gave, each (channel, rank)."""
        pairs = ((self.value, value), (self.image, image), (self.place, place))
        merged = [np.concatenate(pair, axis=1) for pair in pairs]
        order = self._order(*merged[:2])
        self.value, self.image, self.place = (_taken(one, order) for one in merged)

    def result(self, width: int) -> dict[str, np.ndarray]:
        """Return value, image, y and x (channel, count), furthest first; -1 and NaN where there are fewer images."""
        gap = ((0, 0), (0, self.count - self.value.shape[1]))
        whole = {"image": self.image, "y": self.place // width, "x": self.place % width}
        found = {f"{self.name}_value": np.pad(self.value, gap, constant_values=np.nan)}
        for name, array in whole.items():
            found[f"{self.name}_{name}"] = np.pad(array.astype(np.int32), gap, constant_values=-1)
        return found

    def _order(self, value: np.ndarray, image: np.ndarray) -> np.ndarray:
        return np.lexsort((image, -self.sign * value), axis=1)[:, : self.count]

    def _places(self, batch: Batch, row: np.ndarray, channel: np.ndarray) -> np.ndarray:
        """Find where in their images the furthest values stand."""
        at = [torch.from_numpy(index).to(batch.maps.device) for index in (row, channel)]
        maps = batch.maps[at[0], at[1]].flatten(1)
        return (maps * self.sign).argmax(1).numpy(force=True)


def _taken(array: np.ndarray, order: np.ndarray) -> np.ndarray:
    return np.take_along_axis(array, order, axis=1)
