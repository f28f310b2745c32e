"""Feature visualization of many units in one batch against one by one.

Run: python -m tests.benchmarks.feature_visualization [--units 64] [--steps 64] [--layer mixed3b] [--device cuda]
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


def seconds(work: Callable[[], object]) -> float:
    """Return how long some work takes, until the device is done."""
    start = time.perf_counter()
    work()
    if torch.cuda.is_available():
        torch.cuda.synchronize()
    return time.perf_counter() - start


def compare(layer: str, count: int, steps: int) -> tuple[float, float, int]:
    """Return seconds in one batch, seconds one by one, and the largest difference of a pixel."""
    model, recipe = models.load("glyphs"), Recipe(steps=steps)
    units = tuple(f"{layer}:{index}" for index in range(count))
    visualize(model, units[:2], recipe=Recipe(steps=2))  # warm up
    results: dict[str, list[np.ndarray]] = {}

    def together() -> None:
        results["together"] = list(visualize(model, units, recipe=recipe)["images"])

    def alone() -> None:
        results["alone"] = [visualize(model, (unit,), recipe=recipe)["images"][0] for unit in units]

    times = seconds(together), seconds(alone)
    pairs = zip(results["together"], results["alone"], strict=True)
    return *times, max(int(np.abs(one.astype(int) - other).max()) for one, other in pairs)


def main() -> None:
    """Print the times, the pictures' steps per second, and the ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", type=int, default=24)
    parser.add_argument("--steps", type=int, default=64)
    parser.add_argument("--layer", default="mixed3b")
    parser.add_argument("--device", default="cpu")
    options = parser.parse_args()
    with lab.using(lab.Lab(device=options.device)):
        batched, single, difference = compare(options.layer, options.units, options.steps)
    total = options.units * options.steps
    print(f"{options.units} units of {options.layer}, {options.steps} steps, on {options.device}")
    print(f"in one batch  {batched:7.2f} s  {total / batched:8.0f} picture-steps/s")
    print(f"one by one    {single:7.2f} s  {total / single:8.0f} picture-steps/s")
    print(f"ratio {single / batched:.2f}; largest difference of a pixel {difference} of 255")


if __name__ == "__main__":
    main()
