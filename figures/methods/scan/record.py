"""What a scan of a data set tells of a layer, and of one unit of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from figures.units import Unit


@dataclass(frozen=True)
class Positions:
    """Positions of images by row `y` and column `x` in a layer's map; arrays of one shape.

    image: the image's index in its data set, -1 where there is no position. value: the activation there before
    the rectifier, NaN where there is none; with a last axis over units where it is of several.
    """

    image: np.ndarray
    y: np.ndarray
    x: np.ndarray
    value: np.ndarray

    def __len__(self) -> int:
        return len(self.image)

    def __getitem__(self, some: Any) -> Positions:
        return Positions(self.image[some], self.y[some], self.x[some], self.value[some])

    @property
    def there(self) -> np.ndarray:
        """Which of them there are."""
        return self.image >= 0

    @property
    def known(self) -> Positions:
        """Those that there are, in a row."""
        return self[self.there]

    def at(self, rows: np.ndarray) -> Positions:
        """Return those at `rows`, and none where that is -1."""
        chosen, there = self[rows], rows >= 0
        image, y, x = (np.where(there, array, -1) for array in chosen.indices)
        return Positions(image, y, x, np.where(there, chosen.value, np.nan))

    @property
    def places(self) -> np.ndarray:
        """Image, y and x of each, (..., 3)."""
        return np.stack(self.indices, axis=-1)

    @property
    def indices(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Image, y and x."""
        return self.image, self.y, self.x

    @classmethod
    def joined(cls, several: Sequence[Positions]) -> Positions:
        """Set several rows of positions one after the other."""
        return cls(*(np.concatenate(arrays) for arrays in zip(*(vars(each).values() for each in several), strict=True)))


@dataclass(frozen=True)
class UnitScan:
    """What a scan tells of one unit: the fields of `LayerScan` without their axis of units."""

    dataset: str
    images: int
    broken: tuple[str, ...]
    edges: np.ndarray
    histogram: np.ndarray
    mean: float
    std: float
    rectified_mean: float
    rectified_std: float
    top: Positions
    bottom: Positions
    samples: Positions

    @property
    def positions(self) -> int:
        """How many positions the histogram counts."""
        return int(self.histogram.sum())

    @property
    def share_firing(self) -> float:
        """The share of positions in bins from zero on."""
        return float(self.histogram[self.edges[:-1] >= 0].sum() / self.histogram.sum())

    def share_beyond(self, sigmas: float) -> float:
        """Return the share of positions in bins that lie wholly so many standard deviations or more off the mean."""
        low, high = self.mean - sigmas * self.std, self.mean + sigmas * self.std
        outside = (self.edges[:-1] >= high) | (self.edges[1:] <= low)
        return float(self.histogram[outside].sum() / self.histogram.sum())


@dataclass(frozen=True)
class LayerScan:
    """What a scan tells of the units (C) of a layer; all activations are those before the rectifier.

    top (C, n): the strongest positions, one an image, descending; bottom: the weakest, ascending.
    edges (C, bins + 1), histogram (C, bins): counts in left-closed bins, multiples of a power of two, so that
    zero is an edge. mean, std, rectified_mean, rectified_std (C,): population moments.
    samples (C, bins, n): positions drawn without replacement from each bin, in random order.
    reservoir (R,): one random position of each image, of many images a random choice; its value (R, C), float16.
    size: height and width of the layer's map. images: how many were seen; broken: the names of those that could
    not be read or decoded. spectrum (channel, size, size // 2 + 1): mean amplitude of the images' Fourier transform.
    """

    layer: str
    dataset: str
    images: int
    broken: tuple[str, ...]
    size: tuple[int, int]
    edges: np.ndarray
    histogram: np.ndarray
    mean: np.ndarray
    std: np.ndarray
    rectified_mean: np.ndarray
    rectified_std: np.ndarray
    top: Positions
    bottom: Positions
    samples: Positions
    reservoir: Positions
    spectrum: np.ndarray

    @classmethod
    def read(cls, layer: str, dataset: str, arrays: Mapping[str, np.ndarray]) -> LayerScan:
        """Take one layer's arrays as the measurement `scan` keeps them."""
        vector = arrays["reservoir_vector"]
        height, width = arrays["size"].tolist()
        return cls(
            layer=layer,
            dataset=dataset,
            images=int(arrays["images"]),
            broken=tuple(arrays["broken"].tolist()),
            size=(height, width),
            **{name: arrays[name] for name in (*_BINS, *_MOMENTS, "spectrum")},
            top=_positions(arrays, "top"),
            bottom=_positions(arrays, "bottom"),
            samples=_positions(arrays, "sample"),
            reservoir=_positions({**arrays, "reservoir_value": vector}, "reservoir"),
        )

    def unit(self, index: int) -> UnitScan:
        """Return what the scan tells of one unit."""
        bins: dict[str, Any] = {name: getattr(self, name)[index] for name in _BINS}
        moments: dict[str, Any] = {name: float(getattr(self, name)[index]) for name in _MOMENTS}
        ends: dict[str, Any] = {"top": self.top[index], "bottom": self.bottom[index], "samples": self.samples[index]}
        return UnitScan(self.dataset, self.images, self.broken, **bins, **moments, **ends)

    def end(self, unit: Unit) -> Positions:
        """Return the strongest positions of a unit, one an image, or for a unit with a minus the weakest."""
        return (self.bottom if unit.negative else self.top)[unit.index]

    def furthest(self, unit: Unit, count: int) -> Positions:
        """Return the first `count` of that end, fewer where the data set has no more images."""
        return self.end(unit)[:count].known


_BINS = ("edges", "histogram")
_MOMENTS = ("mean", "std", "rectified_mean", "rectified_std")


def _positions(arrays: Mapping[str, np.ndarray], name: str) -> Positions:
    return Positions(*(arrays[f"{name}_{what}"] for what in ("image", "y", "x", "value")))
