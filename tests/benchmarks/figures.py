"""Feature visualization beside torch-lucent: the same network, layer, units and steps, in turns.

    python -m tests.benchmarks figures --lucent PYTHON [--units 16] [--steps 128] [--size 128] [--layer inception4a]

PYTHON is one that has torch-lucent, torch and torchvision; without it only ours is measured. Weights are random: what
they are costs nothing. Lucent is run at that size, and as it is shipped, where it enlarges what is below 224 px; it
climbs for one unit after the other, of which some suffice. Seconds of processors are what counts where others use them.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import torch

from figures import lab
from figures.methods import models
from figures.methods.feature_visualization import Recipe, visualize

NETWORK = "torchvision/googlenet@none"
THEIRS = Path(__file__).with_name("lucent_pictures.py")
SOME_UNITS, SOME_STEPS = 1, 16
_MATRIX, _TIMES = 2048, 5

Cost = tuple[float, float]
"""Seconds, and seconds of processors, of one step of one picture."""


def spent(work: Callable[[], object], steps: int) -> Cost:
    """Do some work of so many steps."""
    start, before = time.perf_counter(), time.process_time()
    work()
    return (time.perf_counter() - start) / steps, (time.process_time() - before) / steps


def ours(layer: str, units: int, steps: int, size: int) -> Cost:
    """Make pictures of so many units, all that belongs to one included."""
    model, recipe = models.load(NETWORK), Recipe(steps=steps, size_px=size)
    texts = tuple(f"{layer}:{index}" for index in range(units))
    visualize(model, texts[:2], recipe=Recipe(steps=1, size_px=size))  # warm up
    return spent(lambda: visualize(model, texts, recipe=recipe), units * steps)


def theirs(python: str, layer: str, *size: str) -> Cost:
    """Let lucent make a few."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    command = [python, str(THEIRS), layer, str(SOME_UNITS), str(SOME_STEPS), *size]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    seconds, processors = map(float, done.stdout.split()[-2:])
    return seconds / SOME_UNITS / SOME_STEPS, processors / SOME_UNITS / SOME_STEPS


def peak() -> float:
    """Return the GFLOP per processor second of a product of matrices."""
    one, other = torch.rand(_MATRIX, _MATRIX), torch.rand(_MATRIX, _MATRIX)
    _, processors = spent(lambda: [one @ other for _ in range(_TIMES)], _TIMES)
    return 2 * _MATRIX**3 / processors / 1e9


def main() -> None:
    """Print the medians of some turns."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lucent", default="")
    parser.add_argument("--layer", default="inception4a")
    parser.add_argument("--turns", type=int, default=3)
    for name, usual in (("units", 16), ("steps", 128), ("size", 128)):
        parser.add_argument(f"--{name}", type=int, default=usual)
    asked = parser.parse_args()
    ways: dict[str, Callable[[], Cost]] = {
        f"{asked.units} units": lambda: ours(asked.layer, asked.units, asked.steps, asked.size),
        "one unit": lambda: ours(asked.layer, 1, asked.steps, asked.size),
    }
    if asked.lucent:
        ways["lucent at that size"] = lambda: theirs(asked.lucent, asked.layer, str(asked.size))
        ways["lucent as shipped"] = lambda: theirs(asked.lucent, asked.layer)
    with lab.using(lab.Lab()):
        turns = [{name: way() for name, way in ways.items()} for _ in range(asked.turns)]
        print(f"{asked.layer}, {asked.size} px, {asked.steps} steps; matrices {peak():.0f} GFLOP per processor second")
    for name in ways:
        seconds, processors = (statistics.median(turn[name][which] for turn in turns) for which in (0, 1))
        ratio = statistics.median(turn[name][1] / turn[next(iter(ways))][1] for turn in turns)
        print(
            f"{name:20}{1e3 * seconds:8.1f} ms a step, {1e3 * processors:8.1f} of a processor; {ratio:6.2f} of the first"
        )


if __name__ == "__main__":
    main()
