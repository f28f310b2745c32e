"""Feature visualization beside torch-lucent and Horama, and a scan beside plain loops, in turns.

    python -m tests.benchmarks figures [--lucent PYTHON] [--horama PYTHON] [--units 16] [--steps 128] [--size 128]
                                       [--layer inception4a] [--images 192] [--calls 100] [--turns 3] [--json FILE]

LUCENT is a Python that has torch-lucent, HORAMA one that has horama, torch and torchvision both; without them only ours
is measured. Weights are random: what they are costs nothing. Lucent is run at that size, and as it is shipped, where it
enlarges what is below 224 px; it climbs for one unit after the other, of which some suffice. Horama looks at one picture
through as many crops a step as we make pictures, and raises the mean of a channel as ours then do. Seconds of
processors are what counts where others use them.

A machine that did nothing but the operations that ours needs (`operations`), at the speed at which it multiplies
matrices in the same turn, would be `at most` so many times as fast as the others.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

from figures import lab
from figures.methods import models
from figures.methods.feature_visualization import Recipe, visualize
from tests.benchmarks import operations, scans

NETWORK = "torchvision/googlenet@none"
LUCENT, HORAMA = (Path(__file__).with_name(f"{name}_pictures.py") for name in ("lucent", "horama"))
SOME_UNITS, SOME_STEPS = 1, 16

Cost = tuple[float, float]
"""Seconds, and seconds of processors, of one step of one picture."""


def spent(work: Callable[[], object], steps: int) -> Cost:
    """Do some work of so many steps."""
    start, before = time.perf_counter(), time.process_time()
    work()
    return (time.perf_counter() - start) / steps, (time.process_time() - before) / steps


def ours(layer: str, units: int, recipe: Recipe) -> Cost:
    """Make pictures of so many units, all that belongs to one included."""
    texts = tuple(f"{layer}:{index}" for index in range(units))
    return spent(lambda: visualize(models.load(NETWORK), texts, recipe=recipe), units * recipe.steps)


def theirs(python: str, script: Path, steps: int, *arguments: object) -> Cost:
    """Let others make a few, of so many steps as a whole."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    command = [python, str(script), *map(str, arguments)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    seconds, processors = map(float, done.stdout.split()[-2:])
    return seconds / steps, processors / steps


def ways(asked: argparse.Namespace) -> dict[str, Callable[[], Cost]]:
    """Name who makes pictures, and of what."""
    layer, units, size = asked.layer, asked.units, asked.size
    recipe, channel = (Recipe(steps=asked.steps, size_px=size, objective=what) for what in ("neuron", "channel"))
    named: dict[str, Callable[[], Cost]] = {
        f"{units} units": lambda: ours(layer, units, recipe),
        "one unit": lambda: ours(layer, 1, recipe),
    }
    if asked.lucent:
        few, steps = (layer, SOME_UNITS, SOME_STEPS), SOME_UNITS * SOME_STEPS
        named["lucent at that size"] = lambda: theirs(asked.lucent, LUCENT, steps, *few, size)
        named["lucent as shipped"] = lambda: theirs(asked.lucent, LUCENT, steps, *few)
    named[f"{units} channels"] = lambda: ours(layer, units, channel)
    if asked.horama:
        crops = SOME_STEPS * units
        named[f"Horama, {units} crops"] = lambda: theirs(asked.horama, HORAMA, crops, layer, SOME_STEPS, size, units)
    return named


@dataclass(frozen=True)
class Line:
    """What a step of a picture costs whoever makes it, and beside each of ours: medians of turns.

    `share` is that of the speed of matrices which ours reach; `ratios` are how many times as long it takes, `most` how
    many times as long as on a machine at that speed.
    """

    name: str
    seconds: float
    processor_seconds: float
    gflop: float | None
    share: float | None
    ratios: Mapping[str, float]
    most: Mapping[str, float]


def line(turns: Sequence[Mapping[str, Cost]], peaks: Sequence[float], gflop: Mapping[str, float], name: str) -> Line:
    """Sum up turns; `gflop` says what a step of each of ours needs, `peaks` how many a processor did in a second."""
    seconds, processors = zip(*(turn[name] for turn in turns), strict=True)
    own, bases = gflop.get(name), [base for base in gflop if base != name]
    shares = [own / one / speed for one, speed in zip(processors, peaks, strict=True)] if own else []
    ratios = {base: median(turn[name][1] / turn[base][1] for turn in turns) for base in bases}
    most = {
        base: median(one * speed for one, speed in zip(processors, peaks, strict=True)) / gflop[base] for base in bases
    }
    return Line(name, median(seconds), median(processors), own, median(shares) if own else None, ratios, most)


def pictures(asked: argparse.Namespace) -> tuple[list[float], list[Line]]:
    """Measure what a step of a picture costs, in turns, and how fast matrices are multiplied in each."""
    named, gflop = ways(asked), needed(asked)
    ours(asked.layer, 2, Recipe(steps=1, size_px=asked.size))  # warm up
    turns: list[dict[str, Cost]] = []
    peaks = []
    for _ in range(asked.turns):
        peaks.append(operations.peak())
        turns.append({name: way() for name, way in named.items()})
    return peaks, [line(turns, peaks, gflop, name) for name in named]


def needed(asked: argparse.Namespace) -> dict[str, float]:
    """Return the GFLOP of a step of a picture of each of ours."""
    model, units = models.load(NETWORK), asked.units
    neuron, channel = (
        operations.of_a_step(model, asked.layer, units, Recipe(size_px=asked.size, objective=what))
        for what in ("neuron", "channel")
    )
    return {f"{units} units": neuron, "one unit": neuron, f"{units} channels": channel}


def table(asked: argparse.Namespace, peaks: Sequence[float], lines: Sequence[Line]) -> None:
    """Print what a step of a picture costs, and how many times that of ours."""
    print(f"matrices {' '.join(f'{one:.0f}' for one in peaks)} GFLOP per processor second")
    print(f"{asked.layer}, {asked.size} px, {asked.steps} steps: a step of a picture")
    for one in lines:
        costs = f"{1e3 * one.seconds:8.1f} ms, {1e3 * one.processor_seconds:8.1f} of a processor"
        print(f"  {one.name:22}{costs}; {'; '.join([*_speed(one), *_beside(one)])}")


def _speed(one: Line) -> list[str]:
    if one.gflop is None or one.share is None:
        return []
    return [f"{one.gflop:.2f} GFLOP, {one.gflop / one.processor_seconds:.0f} a second, {one.share:.2f} of matrices"]


def _beside(one: Line) -> list[str]:
    others = one.gflop is None
    return [f"{ratio:.2f} x {base}" + f", at most {one.most[base]:.2f}" * others for base, ratio in one.ratios.items()]


def calls(asked: argparse.Namespace) -> float:
    """Print what the last calls for one unit cost, beside the first; return how much less."""
    recipe = Recipe(steps=8, size_px=asked.size)
    costs = [ours(asked.layer, 1, recipe)[1] for _ in range(asked.calls)]
    first, last = (median(some) for some in (costs[1:11], costs[-10:]))
    print(f"calls 2 to 11 by the last ten of {asked.calls}: {first / last:.2f}")
    return first / last


def scanned(asked: argparse.Namespace, store: scans.Memory) -> list[scans.Row]:
    """Print what images cost in a scan and in plain loops, from memory and from JPEG files."""
    scans.photographs(store.folder, asked.images)
    model, files, layers = models.load(NETWORK), scans.files(), (asked.layer,)
    found = []
    for what, data in (("JPEG files", files), ("images in memory", scans.held(model, files))):
        peak, gflop = operations.peak(), operations.of_an_image(model, layers)
        rows = scans.rows(f"{len(data)} {what}", scans.compare(model, data, layers, asked.turns), gflop, peak)
        scans.report(rows, layers)
        found += rows
    return found


def main() -> None:
    """Print the medians of some turns."""
    asked = _asked()
    with tempfile.TemporaryDirectory() as folder:
        with lab.using(lab.Lab()):
            peaks, lines = pictures(asked)
            table(asked, peaks, lines)
            later = calls(asked)
        with scans.remembering(Path(folder), "cpu") as store:
            images = scanned(asked, store)
    if asked.json:
        found = {"peaks": peaks, "pictures": [*map(asdict, lines)], "calls": later, "scans": [*map(asdict, images)]}
        Path(asked.json).write_text(json.dumps(found, indent=1) + "\n", "utf-8")


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, text in (("lucent", ""), ("horama", ""), ("json", ""), ("layer", "inception4a")):
        parser.add_argument(f"--{name}", default=text)
    usual: Mapping[str, int] = {"units": 16, "steps": 128, "size": 128, "images": 192, "calls": 100, "turns": 3}
    for name, number in usual.items():
        parser.add_argument(f"--{name}", type=int, default=number)
    return parser.parse_args()


if __name__ == "__main__":
    main()
