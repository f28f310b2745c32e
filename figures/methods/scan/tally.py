"""All that a scan keeps of one layer, added to batch by batch and joined shard by shard."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from figures.methods.scan.batch import Batch, small
from figures.methods.scan.histogram import MOST_BINS, Histogram
from figures.methods.scan.moments import Moments
from figures.methods.scan.reservoir import Reservoir
from figures.methods.scan.top import Top


@dataclass(frozen=True)
class Depth:
    """How much is kept: images per unit, bins, samples of each bin, images of the reservoir; and the seed."""

    top: int
    bins: int
    samples_per_bin: int
    reservoir: int
    seed: int

    def __post_init__(self) -> None:
        if not 2 <= self.bins <= MOST_BINS:
            raise ValueError(f"bins {self.bins}; expected 2 to {MOST_BINS}")
        for name in ("top", "samples_per_bin", "reservoir"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} {getattr(self, name)}; expected at least 1")


class Placed(Protocol):
    """What keeps positions: it is added to batch by batch, and tells their places as y and x."""

    def add(self, batch: Batch) -> None: ...

    def result(self, width: int) -> dict[str, np.ndarray]: ...


class Tally:
    """What is known of the units of a layer from the images seen so far."""

    def __init__(self, channels: int, depth: Depth) -> None:
        self.channels, self.depth = channels, depth
        self.size: tuple[int, int] = (0, 0)
        self.furthest = [Top("top", channels, depth.top), Top("bottom", channels, depth.top, sign=-1)]
        self.moments = Moments(channels)
        self.histogram = Histogram(channels, depth.bins, depth.samples_per_bin, depth.seed)
        self.reservoir = Reservoir(channels, depth.reservoir, depth.seed)

    def add(self, batch: Batch) -> None:
        """Take in a batch; raises ValueError where an activation is not finite."""
        if not all(np.isfinite(bound).all() for bound in batch.extremes):
            raise ValueError("an activation is not a finite number")
        height, width = batch.maps.shape[2:]
        self.size = (height, width)
        self.moments.add(batch)
        for part in self._placed:
            part.add(batch)

    @property
    def _placed(self) -> tuple[Placed, ...]:
        return (*self.furthest, self.histogram, self.reservoir)

    def packed(self, images: np.ndarray) -> dict[str, np.ndarray]:
        """Return what is known as small arrays; `images` (n,) are the indices of the images seen, ascending.

        Images are written as rows of `images`.
        """
        found = {"size": np.asarray(self.size), "count": np.asarray(self.moments.count)}
        found |= {"sums_high": self.moments.high, "sums_low": self.moments.low}
        for part in self.furthest:
            found[f"{part.name}_value"], found[f"{part.name}_place"] = part.value, small(part.place)
            found[f"{part.name}_row"] = small(np.searchsorted(images, part.image))
        kept = self.reservoir
        found["reservoir_row"] = small(np.searchsorted(images, kept.image))
        found |= {"reservoir_place": small(kept.place), "reservoir_vector": kept.vector}
        return found | {f"bins_{name}": array for name, array in self.histogram.packed(images).items()}

    def join(self, packed: Mapping[str, np.ndarray], images: np.ndarray) -> None:
        """Take in what `packed` described; `images` are the indices that its rows stand for."""
        if not len(images):
            return
        self.size = tuple(packed["size"].tolist())
        self.moments.join(int(packed["count"]), packed["sums_high"], packed["sums_low"])
        for part in self.furthest:
            where = images[packed[f"{part.name}_row"]], packed[f"{part.name}_place"].astype(np.int64)
            part.join(packed[f"{part.name}_value"], *where)
        where = images[packed["reservoir_row"]], packed["reservoir_place"].astype(np.int64)
        self.reservoir.join(*where, packed["reservoir_vector"])
        bins = {name.removeprefix("bins_"): array for name, array in packed.items() if name.startswith("bins_")}
        self.histogram.join(bins, images)

    def result(self) -> dict[str, np.ndarray]:
        """Return all arrays, with places as y and x."""
        width = max(self.size[1], 1)
        found = {"size": np.asarray(self.size), **self.moments.result()}
        for part in self._placed:
            found |= part.result(width)
        return found
