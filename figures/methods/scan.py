"""One pass over a data set: what makes every unit of a layer respond, and how often.

Streaming and in constant memory. The result does not depend on how images are batched:
bin widths are powers of two that grow until all values fit, and the random sample of each
bin is those of its positions that have the smallest hash.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch

from figures import lab
from figures.glyphs import counter
from figures.measurement import measurement
from figures.methods.activations import prepared, read
from figures.methods.datasets import Dataset
from figures.methods.models import Model

_BATCH = 48
_NO_KEY = np.iinfo(np.int64).max
_NARROWEST = 2.0**-24


@measurement
def scan(
    model: Model,
    dataset: Dataset,
    layer: str,
    *,
    top: int = 16,
    bins: int = 64,
    samples_per_bin: int = 16,
    seed: int = 0,
) -> dict[str, np.ndarray]:
    """Scan pre-activations of all units (C) of a layer at all positions of all images.

    top_image, top_y, top_x, top_value (C, top): the strongest positions, one per image,
    descending; -1 where there are fewer images. edges (C, bins + 1), histogram (C, bins):
    counts in left-closed bins, multiples of a power of two, so that zero is an edge.
    mean, std, rectified_mean, rectified_std (C,): population moments.
    sample_image, sample_y, sample_x, sample_value (C, bins, samples_per_bin): positions drawn
    without replacement from each bin, in random order; -1 where a bin has fewer.
    """
    model.size(layer)
    parts = (Top(top), Moments(), Histogram(bins, samples_per_bin))
    for images, maps in lab.track(_maps(model, dataset, layer), f"scan {layer}", -(-len(dataset) // _BATCH)):
        batch = Batch.of(images, maps, seed)
        for part in parts:
            part.add(batch)
    return {name: array for part in parts for name, array in part.result().items()}


def _maps(model: Model, dataset: Dataset, layer: str) -> Iterator[tuple[np.ndarray, torch.Tensor]]:
    device = lab.device()
    for start in range(0, len(dataset), _BATCH):
        indices = np.arange(start, min(start + _BATCH, len(dataset)))
        with torch.inference_mode():
            yield indices, read(model, prepared(dataset.images(indices), device), [layer])[layer].float()


@dataclass(frozen=True)
class Batch:
    """Values (position, channel) of some images, and each position's image, place and random key."""

    values: torch.Tensor
    peaks: torch.Tensor
    peak_places: torch.Tensor
    images: np.ndarray
    width: int
    keys: torch.Tensor

    @classmethod
    def of(cls, images: np.ndarray, maps: torch.Tensor, seed: int) -> Batch:
        """Lay out maps (n, channel, height, width) and draw a key for each position."""
        n, channels, height, width = maps.shape
        peaks, places = maps.flatten(2).max(dim=2)
        values = maps.permute(0, 2, 3, 1).reshape(-1, channels)
        uniform = counter.uniforms(counter.keys(seed, images), height * width).reshape(-1)
        keys = torch.from_numpy((uniform * 2.0**53).astype(np.int64)).to(maps.device)
        return cls(values, peaks, places, images, width, keys)

    @property
    def area(self) -> int:
        """Positions per image."""
        return len(self.keys) // len(self.images)

    def places(self, rows: np.ndarray) -> dict[str, np.ndarray]:
        """Say where rows of `values` come from."""
        image, place = self.images[rows // self.area], rows % self.area
        return {"image": image, "y": place // self.width, "x": place % self.width}


class Top:
    """The strongest position of each image, kept for the strongest images."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.kept: dict[str, np.ndarray] = {}

    def add(self, batch: Batch) -> None:
        value, place = batch.peaks.T.cpu().numpy(), batch.peak_places.T.cpu().numpy()
        image = np.broadcast_to(batch.images, value.shape)
        fresh = {"value": value, "image": image, "y": place // batch.width, "x": place % batch.width}
        if self.kept:
            fresh = {name: np.concatenate([self.kept[name], fresh[name]], axis=1) for name in fresh}
        # stable, and earlier images first: ties go to the lower index whatever the batches
        order = np.argsort(-fresh["value"], axis=1, kind="stable")[:, : self.count]
        self.kept = {name: np.take_along_axis(array, order, axis=1) for name, array in fresh.items()}

    def result(self) -> dict[str, np.ndarray]:
        value = self.kept.pop("value")
        gap = ((0, 0), (0, self.count - value.shape[1]))
        padded = {k: np.pad(v.astype(np.int32), gap, constant_values=-1) for k, v in self.kept.items()}
        filled = np.pad(value.astype(np.float32), gap, constant_values=np.nan)
        return {"top_value": filled, **{f"top_{name}": array for name, array in padded.items()}}


class Moments:
    """Mean and standard deviation, before and after the rectifier."""

    def __init__(self) -> None:
        self.count = 0
        self.sums: torch.Tensor | float = 0.0

    def add(self, batch: Batch) -> None:
        values, rectified = batch.values, batch.values.relu()
        sums = [values.sum(0), (values * values).sum(0), rectified.sum(0), (rectified * rectified).sum(0)]
        self.sums = self.sums + torch.stack(sums).cpu().double()
        self.count += len(values)

    def result(self) -> dict[str, np.ndarray]:
        mean, square, rectified_mean, rectified_square = (self.sums / self.count).numpy()
        return {
            "mean": mean,
            "std": np.sqrt(np.maximum(square - mean**2, 0)),
            "rectified_mean": rectified_mean,
            "rectified_std": np.sqrt(np.maximum(rectified_square - rectified_mean**2, 0)),
        }


class Histogram:
    """Counts per bin, and for each bin a random sample of its positions.

    Bin j of a channel holds values from (first + j) * 2**exponent on.
    """

    def __init__(self, bins: int, samples: int) -> None:
        self.bins, self.samples = bins, samples
        self.low = self.high = np.zeros(0, np.float32)
        self.exponent = self.first = np.zeros(0, np.int64)
        self.counts = np.zeros((0, bins), np.int64)
        self.sample: dict[str, np.ndarray] = {}

    def add(self, batch: Batch) -> None:
        self._fit(batch.values.amin(0).cpu().numpy(), batch.values.amax(0).cpu().numpy())
        cells = self._cells(batch.values)
        count = torch.bincount(cells.flatten(), minlength=self.counts.size)
        self.counts += count.cpu().numpy().reshape(self.counts.shape)
        self._draw(batch, cells)

    def result(self) -> dict[str, np.ndarray]:
        steps = self.first[:, None] + np.arange(self.bins + 1)
        sample = {f"sample_{name}": array for name, array in self.sample.items() if name != "key"}
        return {"edges": steps * np.exp2(self.exponent)[:, None], "histogram": self.counts, **sample}

    def _cells(self, values: torch.Tensor) -> torch.Tensor:
        """Return channel * bins + bin for values (position, channel); exact, since widths are powers of two."""
        scale = torch.from_numpy(np.exp2(-self.exponent)).to(values)
        offset = torch.from_numpy(np.arange(len(self.first)) * self.bins - self.first).to(values.device)
        return (values * scale).floor().to(torch.int64) + offset

    def _fit(self, low: np.ndarray, high: np.ndarray) -> None:
        """Widen or move bins until the values seen so far all have one."""
        if not len(self.low):
            self.low, self.high = low, high
            self._clear(len(low))
            self.exponent, self.first = _grid(low, high, self.bins)
            return
        self.low, self.high = np.minimum(self.low, low), np.maximum(self.high, high)
        exponent, first = _grid(self.low, self.high, self.bins)
        if (exponent != self.exponent).any() or (first != self.first).any():
            self._regrid(exponent, first)

    def _clear(self, channels: int) -> None:
        shape = (channels, self.bins, self.samples)
        self.counts = np.zeros(shape[:2], np.int64)
        self.sample = {name: np.full(shape, -1, np.int32) for name in ("image", "y", "x")}
        self.sample["value"] = np.full(shape, np.nan, np.float32)
        self.sample["key"] = np.full(shape, _NO_KEY)

    def _regrid(self, exponent: np.ndarray, first: np.ndarray) -> None:
        """Merge bins into wider ones, and draw each sample anew from the merged samples."""
        channel, bin_ = self.counts.nonzero()
        moved = ((self.first[channel] + bin_) >> (exponent - self.exponent)[channel]) - first[channel]
        counts, sample = self.counts, self.sample
        kept = (sample["key"] != _NO_KEY).nonzero()
        self.exponent, self.first = exponent, first
        self._clear(len(counts))
        np.add.at(self.counts, (channel, moved), counts[channel, bin_])
        fresh = {name: array[kept] for name, array in sample.items()}
        steps = np.floor(fresh["value"] * np.exp2(-exponent)[kept[0]]).astype(np.int64)
        self._insert(kept[0] * self.bins + steps - first[kept[0]], fresh)

    def _draw(self, batch: Batch, cells: torch.Tensor) -> None:
        """Offer the samples all positions whose keys are small enough to enter.

        Smallest keys first, a few positions at a time: they fill the common bins at once, so
        that few of the others need to be sorted.
        """
        parts = [part for part in batch.keys.argsort().tensor_split(_cuts(len(batch.keys))) if len(part)]
        for part in parts:
            limit = torch.from_numpy(np.ascontiguousarray(self.sample["key"][:, :, -1])).flatten().to(cells.device)
            rows, channels = (batch.keys[part, None] < limit[cells[part]]).nonzero(as_tuple=True)
            rows = part[rows]
            fresh = {"value": batch.values[rows, channels].cpu().numpy(), "key": batch.keys[rows].cpu().numpy()}
            self._insert(cells[rows, channels].cpu().numpy(), fresh | batch.places(rows.cpu().numpy()))

    def _insert(self, cells: np.ndarray, fresh: dict[str, np.ndarray]) -> None:
        """Keep in each cell the entries with the smallest keys, in the order of their keys."""
        flat = {name: array.reshape(-1, self.samples) for name, array in self.sample.items()}
        touched = np.unique(cells)
        old_rows, old_places = (flat["key"][touched] != _NO_KEY).nonzero()
        old = (touched[old_rows], old_places)
        cells = np.concatenate([old[0], cells])
        entries = {name: np.concatenate([array[old], fresh[name]]) for name, array in flat.items()}
        order = np.lexsort((entries["key"], cells))
        cells = cells[order]
        rank = np.arange(len(cells)) - np.searchsorted(cells, cells)
        kept = rank < self.samples
        for name, array in flat.items():
            array[cells[kept], rank[kept]] = entries[name][order][kept]


def _cuts(count: int) -> list[int]:
    return [count // 64, count // 16, count // 4]


def _grid(low: np.ndarray, high: np.ndarray, bins: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the smallest power of two, and the first multiple of it, whose `bins` bins hold [low, high]."""
    low, high = low.astype(np.float64), high.astype(np.float64)
    exponent = np.floor(np.log2(np.maximum((high - low) / bins, _NARROWEST))).astype(np.int64)
    for _ in range(2):
        span = np.floor(high * np.exp2(-exponent)) - np.floor(low * np.exp2(-exponent)) + 1
        exponent = exponent + (span > bins)
    return exponent, np.floor(low * np.exp2(-exponent)).astype(np.int64)


@measurement
def colour_covariance(dataset: Dataset, *, images: int = 512) -> dict[str, np.ndarray]:
    """Return the covariance (3, 3) of the colours of a data set's pixels, over its first images."""
    chosen = np.arange(min(images, len(dataset)))
    pixels = dataset.images(chosen).movedim(1, 0).flatten(1).double()
    return {"covariance": torch.cov(pixels).numpy()}


def windows(model: Model, layer: str, y: np.ndarray, x: np.ndarray) -> tuple[np.ndarray, np.ndarray, int]:
    """Return the first row and column (n,) of what positions see, moved inside the image, and its side in px."""
    field, length = model.receptive_field(layer), model.input_size
    side = min(field.size_px, length)
    rows, columns = (np.clip(field.first_px(np.asarray(i)), 0, length - side) for i in (y, x))
    return rows, columns, side


def crops(model: Model, dataset: Dataset, layer: str, image: np.ndarray, y: np.ndarray, x: np.ndarray) -> torch.Tensor:
    """Cut what positions see out of their images, (n, 3, side, side).

    The side is that of the receptive field, at most the image's; a window that would reach
    over a border is moved inside.
    """
    rows, columns, side = windows(model, layer, y, x)
    whole = dataset.images(np.asarray(image))
    cut = [one[:, r : r + side, c : c + side] for one, r, c in zip(whole, rows, columns, strict=True)]
    return torch.stack(cut)
