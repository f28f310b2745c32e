"""One pass over a data set: what makes every unit of a layer respond, and how often.

Streaming, in constant memory, in shards that are kept as soon as they are finished. The result
does not depend on how images are batched or sharded: bin widths are powers of two that grow
until all values fit, random choices are those with the smallest hash, and sums are kept far
more precisely than they are given.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from figures import lab
from figures.measurement import measurement
from figures.methods.datasets import Dataset
from figures.methods.models import Model
from figures.methods.scan.colours import colour_covariance
from figures.methods.scan.record import LayerScan, Positions, UnitScan
from figures.methods.scan.shards import IMAGES, apart, one_pass
from figures.methods.scan.spectrum import Pixels
from figures.methods.scan.tally import Depth, Tally
from figures.methods.scan.views import crops, seen, windows

__all__ = [
    "LayerScan", "Positions", "UnitScan", "by_layer", "colour_covariance", "crops", "of", "scan", "seen", "windows",
]  # fmt: skip

SHARD = 1024


@measurement(each="layers")
def scan(
    model: Model,
    dataset: Dataset,
    layers: Sequence[str],
    *,
    top: int = 16,
    bins: int = 64,
    samples_per_bin: int = 16,
    reservoir: int = 4096,
    shard: int = SHARD,
    seed: int = 0,
) -> Mapping[str, np.ndarray]:
    """Scan pre-activations of all units (C) of layers at all positions of all images, in one pass.

    Each array stands in a row of objects, one for each layer; `of` and `by_layer` take them out.

    top_image, top_y, top_x, top_value (C, top): the strongest positions, one per image,
    descending; -1 where there are fewer images. bottom_*: the weakest, ascending.
    edges (C, bins + 1), histogram (C, bins): counts in left-closed bins, multiples of a power
    of two, so that zero is an edge.
    mean, std, rectified_mean, rectified_std (C,): population moments.
    sample_image, sample_y, sample_x, sample_value (C, bins, samples_per_bin): positions drawn
    without replacement from each bin, in random order; -1 where a bin has fewer.
    reservoir_image, reservoir_y, reservoir_x (R,), reservoir_vector (R, C), float16: all units at
    one random position of each image; of more than `reservoir` images, a random choice.
    size (2,): height and width of the layer's map. images: how many there were.
    spectrum (channel, size, size // 2 + 1): mean amplitude of the images' two-dimensional Fourier
    transform, orthonormal, as the network sees them. broken (n,): names of images that could
    not be decoded; they are left out, and no position refers to them.

    Raises ValueError where no image can be decoded, or an activation is not finite.
    """
    depth = Depth(top, bins, samples_per_bin, reservoir, seed)
    tallies = {layer: Tally(model.size(layer), depth) for layer in layers}
    data = dataset.sized(model.input_size, model.channels)
    pixels = Pixels(data.channels, data.size_px, dataset.broken)
    for first, records in _shards(model, data, tuple(layers), shard, depth):
        images = records[IMAGES]["indices"].astype(np.int64) + first
        pixels.join(len(images), records[IMAGES]["amplitude"], records[IMAGES]["broken"])
        for layer, tally in tallies.items():
            tally.join(records[layer], images)
    if not pixels.count:
        raise ValueError(f"data set {dataset.name!r} has no image that can be decoded; the first is {pixels.broken[0]}")
    return apart([{**tally.result(), **pixels.result()} for tally in tallies.values()])


def _shards(
    model: Model, data: Dataset, layers: tuple[str, ...], size: int, depth: Depth
) -> Iterator[tuple[int, dict[str, Mapping[str, np.ndarray]]]]:
    """Yield the first image of each shard, and its record of the images and of each layer."""
    wanted = (IMAGES, *layers)
    firsts = range(0, len(data), size)
    calls = [
        {"model": model, "dataset": data.part(first, first + size), "layers": wanted, "first": first, "depth": depth}
        for first in firsts
    ]
    done = one_pass.over(calls)
    for first, found in zip(firsts, lab.track(done, "shards", len(calls)) if len(calls) > 1 else done, strict=True):
        yield first, {layer: {name: array[i] for name, array in found.items()} for i, layer in enumerate(wanted)}


def by_layer(model: Model, dataset: Dataset, layers: Sequence[str], **depth: int) -> dict[str, LayerScan]:
    """Scan several layers in one pass; return what it tells of each."""
    names = {layer: model.layer(layer) for layer in layers}
    wanted = tuple(dict.fromkeys(names.values()))
    rows = scan(model, dataset, wanted, **depth)
    records = {
        name: LayerScan.read(name, dataset.name, {key: row[i] for key, row in rows.items()})
        for i, name in enumerate(wanted)
    }
    return {layer: records[name] for layer, name in names.items()}


def of(model: Model, dataset: Dataset, layer: str, **depth: int) -> LayerScan:
    """Scan one layer."""
    return by_layer(model, dataset, (layer,), **depth)[layer]
