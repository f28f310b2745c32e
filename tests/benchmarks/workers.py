"""How much faster do two Dask workers scan than one?

    python -m tests.benchmarks workers [--images 4096] [--layers conv1 mixed3b] [--threads 1] [--rounds 3]

Each worker is a process of its own with so many threads for the network; decoding and tallying
have threads beside it. Prints images per second of this process alone, of one worker and of
two, the best of some rounds in turns, and the efficiency, two against twice one.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable
from contextlib import ExitStack

import numpy as np

from builder.engine.cluster import cluster
from builder.engine.setup import Setup
from builder.plan.closure import Sources
from builder.plan.plan import package_folder
from builder.reporter import Recorded
from figures import lab as labs
from figures.dispatch import Dispatcher
from figures.methods import datasets, models, scan


class Memory:
    """A store that lasts as long as one scan."""

    def __init__(self) -> None:
        self.there: dict = {}

    def record(self, kind: str, key: str) -> object | None:
        """Look a key up."""
        return self.there.get((kind, key))

    get = record

    def put(self, kind: str, key: str, meta: dict, objects: dict[str, bytes]) -> None:
        """Keep a record."""
        self.there[kind, key] = type("Entry", (), {"meta": meta, "read": staticmethod(objects.__getitem__)})


def seconds(workers: object | None, images: int, layers: tuple[str, ...], shard: int) -> tuple[float, np.ndarray]:
    """Scan once; return the time, and one array to compare."""
    closure = Sources({"figures": package_folder()}).of
    with labs.using(labs.Lab(store=Memory(), closure=closure, workers=workers and Dispatcher(workers))):
        model, data = models.load("glyphs"), datasets.load(f"glyphs:{images}")
        start = time.perf_counter()
        found = scan.by_layer(model, data, layers, shard=shard)
        return time.perf_counter() - start, found[layers[0]].histogram


def main() -> None:
    """Print images per second, and the efficiency."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--images", type=int, default=4096)
    parser.add_argument("--layers", nargs="+", default=["conv1", "mixed3b"])
    parser.add_argument("--shard", type=int, default=256)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--device", default="cpu")
    options = parser.parse_args()
    labs.use_threads(options.threads)
    setup = Setup(None, None, options.device, "auto", options.threads)
    with ExitStack() as stack:
        several = [None, *(stack.enter_context(cluster(setup, count, "", Recorded())) for count in (1, 2))]
        best = _best(several, options.rounds, lambda workers, images: seconds(
            workers, images, tuple(options.layers), options.shard), options.images)  # fmt: skip
    here, one, two = (options.images / took for took in best)
    print(f"{options.images} glyphs, layers {' '.join(options.layers)}, {os.cpu_count()} processors")
    print(f"this process {here:7.0f} images/s\none worker   {one:7.0f} images/s\ntwo workers  {two:7.0f} images/s")
    print(f"two against one {two / one:.2f}; efficiency {two / one / 2:.2f}; one worker against none {one / here:.2f}")


def _best(several: list, rounds: int, scanned: Callable[[object, int], tuple[float, np.ndarray]], images: int) -> list:
    """Return the least time of each, in turns; raises AssertionError where results differ."""
    times: list[list[float]] = [[] for _ in several]
    for workers in several:
        scanned(workers, 512)  # warm up: imports, and the network on its device
    for _ in range(rounds):
        arrays = []
        for place, workers in enumerate(several):
            took, array = scanned(workers, images)
            times[place].append(took)
            arrays.append(array)
        assert all(np.array_equal(arrays[0], array) for array in arrays)
    return [min(one) for one in times]
