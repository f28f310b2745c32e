"""Settings of feature visualization side by side: a sheet to look at, and what its pictures reach when they are moved.

Run: python -m tests.benchmarks recipes [--units block7.depthwise:391,logits:tabby] [--model efficientnet-lite0]
     [--only steps] [--out sheet.png]

A row is a unit, a column a setting. The table gives for every setting the median over units of what its pictures
reach under movements that they were not made for, by what the default reaches.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from PIL import Image

from figures.methods import datasets, models
from figures.methods.datasets import Dataset
from figures.methods.feature_visualization import Portraits, Recipe
from figures.methods.feature_visualization.reached import of
from figures.methods.models import Model

UNITS = "block2:10,block4:12,block7.depthwise:391,block9:40,block12:60,head:300,logits:tabby,logits:flamingo"
SETTINGS: dict[str, Recipe] = {
    "as it is": Recipe(),
    "steps 64": Recipe(steps=64),
    "steps 256": Recipe(steps=256),
    "steps 512": Recipe(steps=512),
    "cut 0.06": Recipe(cut=0.06),
    "cut 0.25": Recipe(cut=0.25),
    "jitter 0": Recipe(jitter=0.0),
    "jitter 0.2": Recipe(jitter=0.2),
    "size 128": Recipe(size_px=128),
    "size 224": Recipe(size_px=224),
    "colour grey": Recipe(colour="grey"),
    "phase": Recipe(parameterization="phase"),
}


def made(model: Model, dataset: Dataset, units: Sequence[str], only: str) -> Iterator[tuple[str, Portraits, float]]:
    """Yield each setting, its pictures, and the seconds they took."""
    for name, recipe in SETTINGS.items():
        if name == "as it is" or only in name:
            start = time.perf_counter()
            portraits = of(model, dataset, units, recipe=recipe).portraits
            yield name, portraits, time.perf_counter() - start


def sheet(columns: Sequence[np.ndarray], side: int = 160) -> Image.Image:
    """Set columns of pictures (n, side, side, 3) uint8 beside each other."""
    whole = Image.new("RGB", (side * len(columns), side * len(columns[0])), "white")
    for x, pictures in enumerate(columns):
        for y, picture in enumerate(pictures):
            whole.paste(Image.fromarray(picture).resize((side - 4, side - 4)), (x * side, y * side))
    return whole


def main() -> None:
    """Print what each setting reaches, and write the sheet after every one."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--units", default=UNITS)
    parser.add_argument("--model", default="efficientnet-lite0")
    parser.add_argument("--dataset", default="photographs")
    parser.add_argument("--only", default="", help="settings whose name has this, beside the default")
    parser.add_argument("--out", type=Path, default=Path("sheet.png"))
    options = parser.parse_args()
    model, dataset = models.load(options.model), datasets.load(options.dataset)
    columns: list[np.ndarray] = []
    first = np.ones(1)
    for name, portraits, took in made(model, dataset, options.units.split(","), options.only):
        first = first if columns else portraits.held_out
        columns.append(portraits.images)
        sheet(columns).save(options.out)
        shares = " ".join(f"{share:6.2f}" for share in portraits.held_out / first)
        print(f"{name:12s} {np.median(portraits.held_out / first):6.2f}  {took:6.1f} s   {shares}", flush=True)
