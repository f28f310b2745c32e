"""One shard of a scan: some images, once through the network, for all layers that are asked for."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass

import numpy as np
import torch

from figures import lab
from figures.measurement import measurement
from figures.methods.activations import prepared, read
from figures.methods.batches import in_batches
from figures.methods.datasets import Dataset
from figures.methods.models import Model
from figures.methods.scan.batch import Batch, small
from figures.methods.scan.spectrum import Pixels
from figures.methods.scan.tally import Depth, Tally
from figures.methods.scan.threads import Ahead, Behind

#: Stands among the layers for the images themselves.
IMAGES = ""
#: Images that the network looks at together, and the pixels of them, on the way to more on a GPU.
_BATCH, _PIXELS = 64, 2**21

Arrays = Mapping[str, np.ndarray]


@measurement(each="layers")
def one_pass(model: Model, dataset: Dataset, layers: Sequence[str], first: int, depth: Depth) -> Arrays:
    """Scan some of a data set's images, the first of which has the index `first` in the whole.

    Each array stands in a row of objects, one for each layer, since layers differ in size.
    """
    pixels = Pixels(dataset.channels, dataset.size_px) if IMAGES in layers else None
    tallies = {layer: Tally(model.size(layer), depth) for layer in layers if layer != IMAGES}
    seen = [np.zeros(0, np.int64)]
    with closing(_answers(model, dataset, tuple(tallies))) as answers, Behind() as behind:
        for answer in answers:
            seen.append(answer.indices)
            behind.do(_tally, answer, first, tallies, pixels, model.name)
    indices = np.concatenate(seen)
    if pixels is not None:
        pixels.broken = dataset.names(np.setdiff1d(np.arange(len(dataset)), indices))
    return apart([_packed(tallies.get(layer), pixels, indices, first, depth) for layer in layers])


@dataclass(frozen=True)
class Answer:
    """Which images could be decoded, (n,), those, and the maps of each layer, on the lab's device."""

    indices: np.ndarray
    images: torch.Tensor
    maps: Mapping[str, torch.Tensor]


def _answers(model: Model, dataset: Dataset, layers: tuple[str, ...]) -> Generator[Answer, None, None]:
    """Run the network on batches of images."""
    with Ahead(dataset, lab.device()) as ahead:

        def look(some: slice) -> Answer:
            indices, images = ahead.take(some)
            images = prepared(images, lab.device())
            if not layers or not len(indices):
                return Answer(indices, images, {})
            with torch.inference_mode():
                return Answer(indices, images, read(model, images, layers))

        batch = _batch(model.input_size)
        batches, steps = in_batches(len(dataset), batch, look), -(-len(dataset) // batch)
        yield from lab.track(batches, f"scan {' '.join(layers) or 'images'}", steps)


def _batch(size_px: int) -> int:
    """Return a power of two, so that images are read ahead in whole pieces."""
    return 1 << max(0, min(_BATCH, _PIXELS // size_px**2).bit_length() - 1)


def _tally(answer: Answer, first: int, tallies: Mapping[str, Tally], pixels: Pixels | None, name: str) -> None:
    torch.set_flush_denormal(True)  # as in `read`; it holds for a thread
    if not len(answer.indices):
        return
    with torch.inference_mode():
        if pixels is not None:
            pixels.add(_countable(answer.images))
        for layer, tally in tallies.items():
            batch = Batch(_countable(answer.maps[layer]), answer.indices + first, tally.depth.seed)
            _add(tally, batch, f"{layer} of {name}")


def _countable(maps: torch.Tensor) -> torch.Tensor:
    """Return maps where there are doubles to sum them in: Apple's GPUs have none."""
    return (maps.cpu() if maps.device.type == "mps" else maps).float()


def _add(tally: Tally, batch: Batch, what: str) -> None:
    try:
        tally.add(batch)
    except ValueError as error:
        raise ValueError(f"{what}, images {batch.images[0]} to {batch.images[-1]}: {error}") from None


def _packed(tally: Tally | None, pixels: Pixels | None, indices: np.ndarray, first: int, depth: Depth) -> Arrays:
    """Lay out a record; that of a layer has no pixels, and that of the images no units."""
    pixels = Pixels(0, 0) if tally is not None or pixels is None else pixels
    tally = Tally(0, depth) if tally is None else tally
    return {
        **tally.packed(indices + first),
        "indices": small(indices),
        "amplitude": pixels.amplitude,
        "broken": np.asarray(pixels.broken, dtype=str),
    }


def apart(records: Sequence[Arrays]) -> Arrays:
    """Set the arrays of several records beside each other, whatever their shapes."""
    found = {name: np.empty(len(records), object) for name in (records[0] if records else ())}
    for index, record in enumerate(records):
        for name, array in record.items():
            found[name][index] = np.asarray(array)
    return found
