"""What a layer answers at random: all units at one position of an image."""

from __future__ import annotations

import numpy as np
import torch

from figures.methods.scan.batch import Batch, image_chances

_LARGEST = float(np.finfo(np.float16).max)


class Reservoir:
    """One position of each image, uniformly drawn, for the images with the smallest random numbers."""

    def __init__(self, channels: int, count: int, seed: int) -> None:
        self.count, self.seed = count, seed
        self.image = self.place = np.zeros(0, np.int64)
        self.vector = np.zeros((0, channels), np.float16)

    def add(self, batch: Batch) -> None:
        """Offer the images of a batch."""
        place = (image_chances(self.seed, batch.images)[:, 1] * batch.area).astype(np.int64)
        row = torch.from_numpy(np.arange(len(place)) * batch.area + place).to(batch.maps.device)
        vector = batch.values[row].clamp(-_LARGEST, _LARGEST).half().numpy(force=True)
        self.join(batch.images, place, vector)

    def join(self, image: np.ndarray, place: np.ndarray, vector: np.ndarray) -> None:
        """Offer images (n,), a place in each, and all units there (n, channel)."""
        pairs = ((self.image, image), (self.place, place), (self.vector, vector))
        self.image, self.place, self.vector = (np.concatenate(pair) for pair in pairs)
        if len(self.image) > self.count:
            rank = np.lexsort((self.image, image_chances(self.seed, self.image)[:, 0]))[: self.count]
            self.image, self.place, self.vector = self.image[rank], self.place[rank], self.vector[rank]

    def result(self, width: int) -> dict[str, np.ndarray]:
        """Return image, y, x (n,) and vector (n, channel), in the order of the images."""
        order = np.argsort(self.image)
        image, place = self.image[order], self.place[order]
        places = {"image": image, "y": place // width, "x": place % width}
        found = {f"reservoir_{name}": array.astype(np.int32) for name, array in places.items()}
        return {**found, "reservoir_vector": self.vector[order]}
