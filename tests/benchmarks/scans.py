"""A scan against a plain loop that runs the same network on images that are in memory already.

Run: python -m tests.benchmarks scans [--only glyphs] [--device cuda] [--rounds 5]

All are timed in turns, so that whatever else the machine does falls on all. The loops read
no image and draw none; the scan draws glyphs or decodes JPEG files, tallies, and encodes the record of each shard.
One loop is as one would write it: the whole network with its gradients, maps kept by a hook and sorted at the end.
"""

from __future__ import annotations

import argparse
import copy
import tempfile
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch import nn

from figures import lab, specs
from figures.methods import datasets, models, scan
from figures.methods.activations import prepared, read
from figures.methods.datasets.held import Held
from tests.benchmarks import operations

BATCH, NAIVE_BATCH = 64, 32


@dataclass(frozen=True)
class Entry:
    """What was put."""

    meta: Mapping[str, object]
    objects: Mapping[str, bytes]

    def read(self, digest: str) -> bytes:
        return self.objects[digest]


@dataclass
class Memory:
    """A store in memory, so that records are encoded, digested and read back as in a build."""

    folder: Path
    entries: dict[str, Entry] = field(default_factory=dict)

    def record(self, kind: str, key: str) -> object | None:
        return self.entries.get(key)

    def get(self, kind: str, key: str) -> Entry | None:
        return self.entries.get(key)

    def put(self, kind: str, key: str, meta: Mapping[str, object], objects: Mapping[str, bytes]) -> None:
        self.entries[key] = Entry(meta, dict(objects))

    def sizes(self) -> list[int]:
        return [len(data) for entry in self.entries.values() for data in entry.objects.values()]


@dataclass
class Cost:
    """What some work on images took: time on the clock, and on all processors of this process together."""

    images: int = 0
    clock_s: float = 0.0
    processors_s: float = 0.0

    def add(self, images: int, work: Callable[[], object]) -> None:
        """Do the work, until the device is done."""
        start = time.perf_counter(), time.process_time()
        work()
        if torch.cuda.is_available():
            torch.cuda.synchronize()
        self.clock_s += time.perf_counter() - start[0]
        self.processors_s += time.process_time() - start[1]
        self.images += images


@contextmanager
def remembering(folder: Path, device: str) -> Iterator[Memory]:
    """Open a lab whose site is a folder, and whose store is in memory."""
    store = Memory(folder)
    here = lab.Lab(device=device, site=specs.Site(folder), store=store, closure=lambda code: code.__name__)
    with lab.using(here):
        yield store


def files() -> datasets.Dataset:
    """Return the pictures of the folder as a data set."""
    return datasets.load(".")


def held(model: models.Model, data: datasets.Dataset) -> Held:
    """Return the same in memory, as large as a network takes them."""
    indices, images = data.sized(model.input_size, model.channels).usable(range(len(data)))
    return Held("held", images, tuple(map(str, indices)))


def photographs(folder: Path, count: int) -> None:
    """Write JPEG files of 500 x 375 px, the usual size of ImageNet's."""
    rng = np.random.default_rng(0)
    for index in range(count):
        small = Image.fromarray(rng.integers(0, 255, (24, 32, 3), dtype=np.uint8))
        noise = rng.normal(0, 12, (375, 500, 3))
        pixels = np.asarray(small.resize((500, 375), Image.Resampling.BICUBIC)) + noise
        Image.fromarray(pixels.clip(0, 255).astype(np.uint8)).save(folder / f"{index:05d}.jpg", quality=90)


def compare(model: models.Model, data: datasets.Dataset, layers: tuple[str, ...], rounds: int) -> dict[str, Cost]:
    """Return what images cost in the scan, in the whole network, and in the network as far as the layers."""
    images = data.sized(model.input_size, model.channels).usable(range(min(BATCH, len(data))))[1]
    ready = prepared(images, lab.device())
    whole, flat = naive(model), images.to(lab.device()).contiguous()
    wanted = {model.layer(layer) for layer in layers}
    names = {*wanted, *(alias for alias, name in model.card.aliases.items() if name in wanted)}
    scan.by_layer(model, data.part(1, 1 + BATCH), layers)  # warm up on what no turn scans: that would be remembered
    costs = {name: Cost() for name in ("scan", "network", "cut network", "naive")}
    for part in (data.part(*cuts) for cuts in _cuts(len(data), rounds)):
        steps = -(-len(part) // len(ready))
        looped = steps * len(ready)
        costs["network"].add(looped, lambda steps=steps: _forward(model, ready, steps, ()))
        costs["scan"].add(len(part), lambda part=part: scan.by_layer(model, part, layers))
        costs["cut network"].add(looped, lambda steps=steps: _forward(model, ready, steps, layers))
        costs["naive"].add(looped, lambda steps=steps: _naive(whole, flat, steps, names))
    return costs


def _cuts(count: int, rounds: int) -> list[tuple[int, int]]:
    edges = np.linspace(0, count, rounds + 1).astype(int).tolist()
    return list(zip(edges, edges[1:], strict=False))


def _forward(model: models.Model, images: torch.Tensor, steps: int, layers: tuple[str, ...]) -> None:
    with torch.inference_mode():
        for _ in range(steps):
            if layers:
                read(model, images, layers)
            else:
                model.network(images)


def naive(model: models.Model) -> nn.Module:
    """Return the network as one has it in a notebook: nothing is frozen, nor laid out for speed."""
    return copy.deepcopy(model.network).requires_grad_(True).to(memory_format=torch.contiguous_format)


def _naive(network: nn.Module, images: torch.Tensor, steps: int, names: Collection[str]) -> list[torch.Tensor]:
    """Rank images by their strongest position as one would there; a layer has any of the names."""
    kept: dict[str, list[torch.Tensor]] = {}
    hooks = [
        module.register_forward_hook(lambda _, __, out, path=path: kept.setdefault(path, []).append(out))
        for path, module in network.named_modules()
        if path.rpartition(".")[2] in names
    ]
    if not hooks:
        raise ValueError(f"no module is called {' or '.join(names)}")
    for _ in range(steps):
        for some in images.split(NAIVE_BATCH):
            network(some)
    for hook in hooks:
        hook.remove()
    return [torch.cat(maps).amax((2, 3)).argsort(0, descending=True) for maps in kept.values()]


@dataclass(frozen=True)
class Row:
    """What an image costs in the scan or in a loop, of which the scan's part of the network needs `gflop`.

    `faster` is the scan by this on the clock, `cheaper` in seconds of processors, which tell the same story on a
    machine that is busy with other things. `most` is what `cheaper` would be for a scan that did nothing but the
    operations of its network, at the speed at which matrices are multiplied.
    """

    data: str
    name: str
    images_per_second: float
    processor_seconds: float
    gflop: float
    faster: float
    cheaper: float
    most: float


def rows(data: str, costs: Mapping[str, Cost], gflop: float, peak: float) -> list[Row]:
    """Compare the scan with the loops; `peak` is in GFLOP per second of a processor."""
    rates = {name: cost.images / cost.clock_s for name, cost in costs.items()}
    work = {name: cost.processors_s / cost.images for name, cost in costs.items()}
    return [
        Row(data, name, rates[name], work[name], gflop, rates["scan"] / rates[name], work[name] / work["scan"],
            work[name] * peak / gflop)
        for name in costs
    ]  # fmt: skip


def report(found: Sequence[Row], layers: tuple[str, ...]) -> None:
    """Print rates, and those of the scan as shares of the loops'."""
    print(f"{found[0].data}, {', '.join(layers)}: {found[0].gflop:.2f} GFLOP an image")
    for one in found:
        share = f"{one.faster:.2f} on the clock, {one.cheaper:.2f} in processor time, at most {one.most:.2f}"
        costs = f"{one.images_per_second:8.1f} images/s {1e3 * one.processor_seconds:8.2f} ms/image"
        print(f"  {one.name:12s} {costs}   scan / this: {share}")


def _reported(name: str, model: models.Model, data: datasets.Dataset, layers: tuple[str, ...], rounds: int) -> None:
    peak, gflop = operations.peak(), operations.of_an_image(model, layers)
    report(rows(name, compare(model, data, layers, rounds), gflop, peak), layers)


def main() -> None:
    """Compare on glyphs and on photographs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", choices=("glyphs", "photographs"))
    parser.add_argument("--glyphs", type=int, default=20_000)
    parser.add_argument("--photographs", type=int, default=500)
    parser.add_argument("--network", default="torchvision/googlenet@none")
    parser.add_argument("--layers", nargs="+", default=["mixed4c"])
    parser.add_argument("--glyphs-layers", nargs="+", default=["mixed4b"])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--device", default="cpu")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        with remembering(Path(folder), options.device) as store:
            if options.only != "photographs":
                model, layers = models.load("glyphs"), tuple(options.glyphs_layers)
                data = datasets.load(f"glyphs:{options.glyphs}")
                _reported(f"{data.name} through glyphs", model, data, layers, options.rounds)
            if options.only != "glyphs":
                photographs(Path(folder), options.photographs)
                model, layers = models.load(options.network), tuple(options.layers)
                name = f"{options.photographs} photographs through {options.network}"
                _reported(name, model, files(), layers, options.rounds)
        print(f"{len(store.entries)} records, the largest {max(store.sizes()) / 1e6:.1f} MB")
