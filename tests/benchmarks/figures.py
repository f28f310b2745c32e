"""Feature visualization beside torch-lucent and Horama, and a scan beside plain loops, in turns.

    python -m tests.benchmarks figures [--lucent PYTHON] [--horama PYTHON] [--units 16] [--steps 128] [--size 128]
                                       [--layer inception4a] [--images 192] [--calls 100] [--turns 3]

LUCENT is a Python that has torch-lucent, HORAMA one that has horama, torch and torchvision both; without them only ours
is measured. Weights are random: what they are costs nothing. Lucent is run at that size, and as it is shipped, where it
enlarges what is below 224 px; it climbs for one unit after the other, of which some suffice. Horama looks at one picture
through as many crops a step as we make pictures, and raises the mean of a channel as ours then do. Seconds of
processors are what counts where others use them.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import torch

from figures import lab
from figures.methods import models
from figures.methods.feature_visualization import Recipe, visualize
from tests.benchmarks import scans

NETWORK = "torchvision/googlenet@none"
LUCENT, HORAMA = (Path(__file__).with_name(f"{name}_pictures.py") for name in ("lucent", "horama"))
SOME_UNITS, SOME_STEPS = 1, 16
_MATRIX, _TIMES = 2048, 5

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


def peak() -> float:
    """Return the GFLOP per processor second of a product of matrices."""
    one, other = torch.rand(_MATRIX, _MATRIX), torch.rand(_MATRIX, _MATRIX)
    _, processors = spent(lambda: [one @ other for _ in range(_TIMES)], _TIMES)
    return 2 * _MATRIX**3 / processors / 1e9


def pictures(asked: argparse.Namespace) -> None:
    """Print what a step of a picture costs, and how many times the first and the last of ours: medians of turns."""
    named = ways(asked)
    ours(asked.layer, 2, Recipe(steps=1, size_px=asked.size))  # warm up
    turns: list[dict[str, Cost]] = []
    peaks = []
    for _ in range(asked.turns):
        peaks.append(peak())
        turns.append({name: way() for name, way in named.items()})
    print(f"matrices {' '.join(f'{one:.0f}' for one in peaks)} GFLOP per processor second")
    print(f"{asked.layer}, {asked.size} px, {asked.steps} steps: a step of a picture")
    bases = [name for name in named if name.split()[0] in ("one", str(asked.units))]
    for name in named:
        seconds, processors = (statistics.median(turn[name][which] for turn in turns) for which in (0, 1))
        print(
            f"  {name:22}{1e3 * seconds:8.1f} ms, {1e3 * processors:8.1f} of a processor;"
            f" {', '.join(f'{_ratio(turns, name, base):.2f} x {base}' for base in bases if base != name)}"
        )


def _ratio(turns: list[dict[str, Cost]], name: str, base: str) -> float:
    return statistics.median(turn[name][1] / turn[base][1] for turn in turns)


def calls(asked: argparse.Namespace) -> None:
    """Print what the last calls for one unit cost, beside the first."""
    recipe = Recipe(steps=8, size_px=asked.size)
    costs = [ours(asked.layer, 1, recipe)[1] for _ in range(asked.calls)]
    first, last = (statistics.median(some) for some in (costs[1:11], costs[-10:]))
    print(f"calls 2 to 11 by the last ten of {asked.calls}: {first / last:.2f}")


def scanned(asked: argparse.Namespace, store: scans.Memory) -> None:
    """Print what images cost in a scan and in plain loops, from memory and from JPEG files."""
    scans.photographs(store.folder, asked.images)
    model, files = models.load(NETWORK), scans.files()
    for what, data in (("JPEG files", files), ("images in memory", scans.held(model, files))):
        scans.report(f"{len(data)} {what}", scans.compare(model, data, (asked.layer,), asked.turns), (asked.layer,))


def main() -> None:
    """Print the medians of some turns."""
    asked = _asked()
    with tempfile.TemporaryDirectory() as folder:
        with lab.using(lab.Lab()):
            pictures(asked)
            calls(asked)
        with scans.remembering(Path(folder), "cpu") as store:
            scanned(asked, store)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, text in (("lucent", ""), ("horama", ""), ("layer", "inception4a")):
        parser.add_argument(f"--{name}", default=text)
    usual: Mapping[str, int] = {"units": 16, "steps": 128, "size": 128, "images": 192, "calls": 100, "turns": 3}
    for name, number in usual.items():
        parser.add_argument(f"--{name}", type=int, default=number)
    return parser.parse_args()


if __name__ == "__main__":
    main()
