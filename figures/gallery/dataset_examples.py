"""Which images does a unit answer to most?

The strongest position of each image, the best images first, cut to what the unit sees.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import numpy as np
import torch

from figures.artifact import Artifact, Sprite, Table, Tile
from figures.charts import sprites
from figures.methods import datasets, models
from figures.methods.models import Model as Network
from figures.methods.scan import crops, scan, windows
from figures.parameters import Dataset, Model, Units
from figures.registry import figure

COLUMNS = ("unit", "rank", "image", "y", "x", "activation")
MOST = 16


@figure("dataset-examples")
def dataset_examples(
    *,
    units: Units,
    model: Model = "glyphs",
    dataset: Dataset = "glyphs:6000",
    count: int = 12,
    crop: Literal["receptive-field", "image"] = "receptive-field",
    tile: int = 72,
) -> Artifact:
    """Draw a row of the images that each unit answers to most.

    units: whose images to show
    model: the network
    dataset: where the images come from
    count: how many images of each unit, at most 16
    crop: what the unit sees, or the whole image with the rest faded
    tile: side of a picture on the page in pixels
    """
    if not 1 <= count <= MOST:
        raise ValueError(f"count {count}; expected 1 to {MOST}")
    network, data = models.load(model), datasets.load(dataset)
    found = {layer: scan(network, data, layer) for layer in {network.unit(unit).layer for unit in units}}
    best = {unit: top(found[network.unit(unit).layer], network.unit(unit).index, count) for unit in units}
    rows = [examples(network, data, unit, best[unit], crop=crop, tile=tile) for unit in units]
    alt = f"The {count} images of {data.name} that each of {len(units)} units answers to most: {', '.join(units)}."
    table = Table(COLUMNS, tuple(row for unit in units for row in _rows(unit, best[unit])))
    values = {"units": len(units), "strongest": max(float(one["value"][0]) for one in best.values())}
    return Artifact(alt, tuple(rows), table, values)


def top(found: Mapping[str, np.ndarray], index: int, count: int) -> dict[str, np.ndarray]:
    """Return image, y, x and value (count,) of a unit's strongest positions in a scan, descending."""
    there = min(count, int((found["top_image"][index] >= 0).sum()))
    return {name: found[f"top_{name}"][index, :there] for name in ("image", "y", "x", "value")}


def examples(
    network: Network,
    data: datasets.Dataset,
    unit: str,
    best: Mapping[str, np.ndarray],
    *,
    crop: str = "receptive-field",
    tile: int = 72,
    name: str = "",
) -> Sprite:
    """Draw a unit's best images in a row, each above its activation."""
    layer = network.unit(unit).layer
    if crop == "image":
        whole = pixels(data.images(best["image"]))
        pictures = sprites.spotlight(whole, *windows(network, layer, best["y"], best["x"]))
    else:
        pictures = pixels(crops(network, data, layer, best["image"], best["y"], best["x"]))
    tiles = [
        Tile(f"Image {image} of {data.name}, activation {value:.1f}", unit, (f"{value:.1f}",))
        for image, value in zip(best["image"], best["value"], strict=True)
    ]
    name = name or f"examples-{unit.replace(':', '-')}"
    enlarged = [sprites.resized(one, max(2 * tile, len(one))) for one in pictures]
    alt = f"Images that {unit} answers to most"
    return sprites.sprite(enlarged, tiles, display_px=tile, per_row=len(tiles), name=name, title=unit, alt=alt)


def pixels(images: torch.Tensor) -> np.ndarray:
    """Turn images (n, channel, height, width) in [0, 1] into uint8 (n, height, width, channel)."""
    return images.mul(255).round().clamp(0, 255).to(torch.uint8).movedim(1, -1).numpy()


def _rows(unit: str, best: Mapping[str, np.ndarray]) -> list[tuple[object, ...]]:
    columns = zip(best["image"], best["y"], best["x"], best["value"], strict=True)
    return [(unit, rank, int(i), int(y), int(x), float(v)) for rank, (i, y, x, v) in enumerate(columns, 1)]
