"""How often each unit answers how strongly, and examples of every strength."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import torch

from figures.methods.scan.batch import KEY_BITS, LARGE_BLOCK, Batch, image_and_place, position_keys, small, spots
from figures.methods.scan.samples import Samples

MOST_BINS = 256
_NARROWEST = 2.0**-24


class Histogram:
    """Counts per bin, and for each bin a random sample of its positions.

    Bin j of a channel holds values from (first + j) * 2**exponent on. Bins are multiples of a
    power of two that grows until all values fit, so that neither counts nor samples depend on
    the order in which values come.
    """

    def __init__(self, channels: int, bins: int, samples: int, seed: int) -> None:
        self.channels, self.bins, self.seed = channels, bins, seed
        self.bounds: tuple[np.ndarray, np.ndarray] | None = None
        self.exponent, self.first = np.zeros((2, channels), np.int64)
        self.counts = np.zeros((channels, bins), np.int64)
        self.samples = Samples(channels * bins, samples)

    def add(self, batch: Batch) -> None:
        """Count the values of a batch, and offer their positions to the samples."""
        low, high = batch.extremes
        self._fit(low.min(axis=0), high.max(axis=0))
        self._draw(batch, self._count(batch))

    def join(self, packed: Mapping[str, np.ndarray], images: np.ndarray) -> None:
        """Take in the counts and samples of another part of the images, as `packed` gave them."""
        if not packed["counts"].any():
            return
        low, high = packed["bounds"]
        self._fit(low, high)
        self._take_counts(packed["counts"], *grid(low, high, self.bins))
        channel = np.repeat(np.arange(self.channels), packed["sample_count"].sum(axis=1, dtype=np.int64))
        spot = spots(images[packed["sample_row"]], packed["sample_place"].astype(np.int64))
        self._take_samples(channel, spot, packed["sample_value"])

    def packed(self, images: np.ndarray) -> dict[str, np.ndarray]:
        """Return what the histogram is, small: only the samples that there are, image by row of `images`.

        Their keys follow from where they are.
        """
        cell, _, spot, value = self.samples.entries()
        image, place = image_and_place(spot)
        bounds = np.zeros((2, self.channels), np.float32) if self.bounds is None else np.stack(self.bounds)
        return {
            "bounds": bounds,
            "counts": small(self.counts),
            "sample_count": small(np.bincount(cell, minlength=self.counts.size).reshape(self.counts.shape)),
            "sample_row": small(np.searchsorted(images, image)),
            "sample_place": small(place),
            "sample_value": value,
        }

    def result(self, width: int) -> dict[str, np.ndarray]:
        """Return edges (channel, bins + 1), counts (channel, bins), and the samples (channel, bins, sample)."""
        steps = self.first[:, None] + np.arange(self.bins + 1)
        cell, rank, spot, value = self.samples.entries()
        image, place = image_and_place(spot)
        shape = (*self.counts.shape, self.samples.count)
        found = {"edges": steps * np.exp2(self.exponent)[:, None], "histogram": self.counts}
        found["sample_value"] = np.full(shape, np.nan, np.float32)
        found["sample_value"].reshape(-1, shape[2])[cell, rank] = value
        for name, array in (("image", image), ("y", place // width), ("x", place % width)):
            whole = found[f"sample_{name}"] = np.full(shape, -1, np.int32)
            whole.reshape(-1, shape[2])[cell, rank] = array
        return found

    def _fit(self, low: np.ndarray, high: np.ndarray) -> None:
        """Widen or move bins until values from `low` to `high` (channel,) have one."""
        if self.bounds is None:
            self.bounds, (self.exponent, self.first) = (low, high), grid(low, high, self.bins)
            return
        self.bounds = np.minimum(self.bounds[0], low), np.maximum(self.bounds[1], high)
        before, after = (self.exponent, self.first), grid(*self.bounds, self.bins)
        if all(np.array_equal(old, new) for old, new in zip(before, after, strict=True)):
            return
        counts, (cell, _, spot, value) = self.counts, self.samples.entries()
        self.exponent, self.first = after
        self.counts = np.zeros_like(counts)
        self.samples.clear()
        self._take_counts(counts, *before)
        self._take_samples(cell // self.bins, spot, value)

    def _take_counts(self, counts: np.ndarray, exponent: np.ndarray, first: np.ndarray) -> None:
        """Add the counts of bins that lie whole inside ours."""
        channel, bin_ = counts.nonzero()
        step = (first[channel] + bin_) >> (self.exponent - exponent)[channel]
        np.add.at(self.counts, (channel, step - self.first[channel]), counts[channel, bin_])

    def _take_samples(self, channel: np.ndarray, spot: np.ndarray, value: np.ndarray) -> None:
        step = np.floor(value * np.exp2(-self.exponent)[channel]).astype(np.int64)
        cell = channel * self.bins + step - self.first[channel]
        self.samples.offer(cell, position_keys(self.seed, spot), spot, value)

    def _count(self, batch: Batch) -> torch.Tensor:
        """Count values; return the bin of each as uint8, (position, channel).

        Exact, since widths are powers of two.
        """
        device, most = batch.maps.device, max((len(block) for block in batch.blocks()), default=0)
        scale, first = (torch.from_numpy(one).to(batch.maps) for one in (np.exp2(-self.exponent), self.first))
        starts = torch.arange(0, self.counts.size, self.bins, dtype=torch.int32, device=device)
        steps, cells = (torch.empty(most, *batch.by_image.shape[1:], dtype=kind, device=device) for kind in _KINDS)
        bins = torch.empty(batch.by_image.shape, dtype=torch.uint8, device=device)
        for block, into in zip(batch.blocks(), bins.split(most), strict=True):
            step, cell = steps[: len(block)], cells[: len(block)]
            into.copy_(torch.mul(block, scale, out=step).floor_().sub_(first))
            count = torch.bincount(torch.add(into, starts, out=cell).flatten(), minlength=self.counts.size)
            self.counts += count.numpy(force=True).reshape(self.counts.shape)
        return bins.flatten(0, 1)

    def _draw(self, batch: Batch, bins: torch.Tensor) -> None:
        """Offer the samples all positions whose keys are small enough to enter."""
        if bins.device.type in SORTING:
            self._draw_there(batch, bins)
        else:
            self._draw_here(batch, bins)

    def _draw_there(self, batch: Batch, bins: torch.Tensor) -> None:
        """Sort on the device, and bring only those that enter."""
        keys, at_once = torch.from_numpy(batch.keys).to(bins.device), max(1, LARGE_BLOCK // self.channels)
        for first in range(0, len(bins), at_once):
            limit = torch.from_numpy(self.samples.limit).to(bins.device).view(self.counts.shape)
            some = slice(first, first + at_once)
            row, channel = smallest(bins[some], keys[some], limit, self.samples.count)
            row += first
            columns = (row, channel, bins[row, channel], batch.values[row, channel])
            row_, channel_, bin_, values = (column.numpy(force=True) for column in columns)
            self.samples.offer(channel_ * self.bins + bin_, batch.keys[row_], batch.spots[row_], values)

    def _draw_here(self, batch: Batch, bins: torch.Tensor) -> None:
        """Look at a few positions at a time, smallest keys first.

        They fill the common bins at once, and a bin whose largest key is smaller than all that are still to
        come needs not be looked at.
        """
        order = np.argsort(batch.keys)
        for rows in np.split(order, [len(order) // 64, len(order) // 16, len(order) // 4]):
            if len(rows):
                self._offer(batch, bins, rows)

    def _offer(self, batch: Batch, bins: torch.Tensor, rows: np.ndarray) -> None:
        closed = (self.samples.limit < batch.keys[rows[0]]).reshape(self.counts.shape)
        start, length = (torch.from_numpy(one.astype(np.uint8)).to(bins.device) for one in _longest_run(closed))
        chosen = torch.from_numpy(rows).to(bins.device)
        looked_at = bins.index_select(0, chosen)
        at = ((looked_at - start) >= length).flatten().nonzero()[:, 0]  # uint8 wraps: both ends at once
        columns = (looked_at.flatten()[at], at % self.channels, chosen[at // self.channels])
        bin_, channel, row = (column.numpy(force=True) for column in columns)
        values = batch.values.flatten()[columns[2] * self.channels + columns[1]].numpy(force=True)
        self.samples.offer(channel * self.bins + bin_, batch.keys[row], batch.spots[row], values)


_KINDS = (torch.float32, torch.int32)
SORTING = {"cuda"}
"""Devices that sort faster than they could ask a processor to."""


def smallest(bins: torch.Tensor, keys: torch.Tensor, limit: torch.Tensor, count: int) -> tuple[torch.Tensor, ...]:
    """Return position and channel (n,) of the `count` entries of each cell with the smallest keys, up to its limit.

    bins (position, channel), keys (position,), limit (channel, bin). Equal keys go by position.
    """
    cells = torch.arange(0, limit.numel(), limit.shape[1], device=bins.device) + bins
    position, channel = (keys[:, None] <= limit.flatten()[cells]).nonzero(as_tuple=True)
    code, order = torch.sort((cells[position, channel] << KEY_BITS) + keys[position], stable=True)
    cell = code >> KEY_BITS
    rank = torch.arange(len(cell), device=cell.device) - torch.searchsorted(cell, cell)
    order = order[rank < count]
    return position[order], channel[order]


def grid(low: np.ndarray, high: np.ndarray, bins: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the smallest power of two, and the first multiple of it, whose `bins` bins hold [low, high]."""
    low, high = low.astype(np.float64), high.astype(np.float64)
    exponent = np.floor(np.log2(np.maximum((high - low) / bins, _NARROWEST))).astype(np.int64)
    for _ in range(2):
        span = np.floor(high * np.exp2(-exponent)) - np.floor(low * np.exp2(-exponent)) + 1
        exponent = exponent + (span > bins)
    return exponent, np.floor(low * np.exp2(-exponent)).astype(np.int64)


def _longest_run(closed: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return start and length of the longest run of closed bins in each channel, (channel,)."""
    index = np.arange(closed.shape[1])
    last_open = np.maximum.accumulate(np.where(closed, -1, index), axis=1)
    runs = np.where(closed, index - last_open, 0)
    length = runs.max(axis=1)
    return np.where(length, runs.argmax(axis=1) - length + 1, 0), np.minimum(length, MOST_BINS - 1)
