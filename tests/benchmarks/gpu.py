"""A GPU against the CPU of the same machine: are the answers the same, and how much sooner are they there?

Run: python -m tests.benchmarks gpu [--device cuda] [--quick]

Nothing is drawn, so that neither Altair nor a browser is needed. One line for each question; the whole takes some
minutes. `--quick` asks for less of everything, to try the script where there is no GPU (`--device cpu`).
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import torch

from figures import lab
from figures.methods import datasets, finding, models, scan, tuning
from figures.methods.activations import activations
from figures.methods.feature_visualization import Recipe, visualize
from figures.methods.feature_visualization.accentuation import accentuate, halfway
from tests.benchmarks.feature_visualization import seconds

CASES = (
    ("glyphs", "glyphs:512", "mixed3b"),
    ("efficientnet-lite0", "photographs:256", "block7.depthwise"),
)


@dataclass(frozen=True)
class Size:
    """How much is asked: images, units, steps and orientations."""

    images: int = 256
    units: int = 16
    steps: int = 64
    orientations: int = 90


QUICK = Size(images=8, units=2, steps=2, orientations=8)


def on(device: str, work: Callable[[], object]) -> tuple[object, float]:
    """Do some work on a device, before that once to warm up; return its result and its seconds."""
    with lab.using(lab.Lab(device=device, precision=lab.FLOAT32)):
        work()
        results: list[object] = []
        spent_s = seconds(lambda: results.append(work()))
        return results[0], spent_s


def questions(name: str, data: str, layer: str, size: Size) -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield what is compared: a title, and work that returns an array."""
    model, dataset = models.load(name), datasets.load(data)
    units = tuple(f"{layer}:{index}" for index in range(size.units))
    pictures = dataset.sized(model.input_size, model.channels).images(range(size.images))
    recipe = Recipe(steps=size.steps)
    yield f"activations of {size.images} images", lambda: activations(model, pictures, layer).numpy()
    if size is not QUICK:
        yield "scan", lambda: np.asarray(scan.of(model, dataset, layer).mean)
        yield "curve units", lambda: finding.curve_tuning(model, dataset, layer, images=size.images).curve
    yield (
        f"arcs of {size.units} units",
        lambda: tuning.of(model, units, orientations=size.orientations).summary.peak,
    )
    yield (
        f"feature visualization of {size.units} units, {size.steps} steps",
        lambda: visualize(model, units, recipe=recipe).images.astype(float),
    )
    image, held = pictures[0].numpy(), halfway(model, units)
    yield (
        f"one picture accentuated for {size.units} units, {size.steps} steps",
        lambda: accentuate(model, units, image=image, keep_layer=held, steps=size.steps).images.astype(float),
    )


def compared(here: np.ndarray, there: np.ndarray) -> str:
    """Say how far two arrays are apart, as a share of their spread, and how they correlate."""
    one, other = np.asarray(here, float).ravel(), np.asarray(there, float).ravel()
    spread = float(one.std()) or 1.0
    apart = np.abs(one - other).max() / spread
    return f"largest difference {apart:.1e} of the spread, r {np.corrcoef(one, other)[0, 1]:.6f}"


def main() -> None:
    """Print a line for each question."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--device", default="cuda")
    parser.add_argument("--quick", action="store_true")
    asked = parser.parse_args()
    size = QUICK if asked.quick else Size()
    title = torch.cuda.get_device_name() if asked.device.startswith("cuda") else asked.device
    print(f"{title}, torch {torch.__version__}")
    for case in CASES:
        for what, work in questions(*case, size):
            fast, gpu_s = on(asked.device, work)
            plain, cpu_s = on("cpu", work)
            print(f"{case[0]}: {what}: {cpu_s / gpu_s:.1f} times as fast ({cpu_s:.2f} s, {gpu_s:.2f} s); "
                  f"{compared(np.asarray(plain), np.asarray(fast))}", flush=True)  # fmt: skip
