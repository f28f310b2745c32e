"""Feature visualization of many units in one batch against one by one.

Run: python -m tests.benchmarks feature_visualization [--units 64] [--steps 64] [--layer mixed3b] [--device cuda]
     [--model torchvision/googlenet@none]
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable

import numpy as np
import torch

from figures import lab
from figures.methods import models
from figures.methods.feature_visualization import Recipe, visualize
from figures.methods.feature_visualization.colours import mixing
from figures.methods.feature_visualization.optimize import Ascent


def seconds(work: Callable[[], object]) -> float:
    """Return how long some work takes, until the device is done."""
    start = time.perf_counter()
    work()
    if torch.cuda.is_available():
        torch.cuda.synchronize()
    return time.perf_counter() - start


def compare(name: str, layer: str, count: int, steps: int) -> tuple[float, float, float, int]:
    """Return seconds in one batch, one by one, and one by one in batches of one, and the largest difference of a pixel.

    A call for one unit climbs with a companion, so that its picture is that of any batch; the last
    way of counting leaves the companion out, and is the fair one.
    """
    model, recipe = models.load(name), Recipe(steps=steps)
    units = tuple(f"{layer}:{index}" for index in range(count))
    visualize(model, units[:2], recipe=Recipe(steps=2))  # warm up
    results: dict[str, list[np.ndarray]] = {}

    def together() -> None:
        results["together"] = list(visualize(model, units, recipe=recipe).images)

    def alone() -> None:
        results["alone"] = [visualize(model, (unit,), recipe=recipe).images[0] for unit in units]

    def lonely() -> None:
        for index, unit in enumerate(units):
            climb = Ascent.start(
                model, [model.unit(unit)], [index], recipe, mixing(model, recipe, None).to(lab.device())
            )
            climb.run()
            _ = climb.reached(), climb.held_out(), climb.portraits().cpu(), climb.inputs().cpu()

    times = seconds(together), seconds(alone), seconds(lonely)
    pairs = zip(results["together"], results["alone"], strict=True)
    return *times, max(int(np.abs(one.astype(int) - other).max()) for one, other in pairs)


def main() -> None:
    """Print the times, the pictures' steps per second, and the ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", type=int, default=64)
    parser.add_argument("--steps", type=int, default=64)
    parser.add_argument("--model", default="glyphs")
    parser.add_argument("--layer", default="mixed3b")
    parser.add_argument("--device", default="cpu")
    options = parser.parse_args()
    with lab.using(lab.Lab(device=options.device)):
        batched, single, lonely, difference = compare(options.model, options.layer, options.units, options.steps)
    total = options.units * options.steps
    print(f"{options.units} units of {options.layer} of {options.model}, {options.steps} steps, on {options.device}")
    print(f"{torch.get_num_threads()} threads; torch {torch.__version__}")
    for what, took in (("in one batch", batched), ("one by one", single), ("batches of one", lonely)):
        print(f"{what:15s}{took:8.2f} s  {total / took:8.0f} picture-steps/s")
    print(f"ratio to one by one {single / batched:.2f}, to batches of one {lonely / batched:.2f}")
    print(f"largest difference of a pixel {difference} of 255")
