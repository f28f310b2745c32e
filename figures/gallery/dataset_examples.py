"""Which images does a unit answer to most?

The strongest position of each image, the best images first, cut to what the unit sees.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from figures.artifact import Artifact, Sprite, Table, Tile
from figures.charts import sprites
from figures.control import with_control
from figures.methods import datasets, models, scan
from figures.methods.models import Model as Network
from figures.methods.models import Unit as Address
from figures.methods.pictures import pixels
from figures.parameters import Count, Dataset, Model, Side, Units
from figures.registry import figure

COLUMNS = ("unit", "rank", "image", "y", "x", "activation")


@figure("dataset-examples")
def dataset_examples(
    *,
    units: Units,
    model: Model = "glyphs",
    dataset: Dataset = "glyphs:6000",
    count: Count = 12,
    crop: Literal["receptive-field", "image"] = "receptive-field",
    control: bool = False,
    tile: Side = 72,
) -> Artifact:
    """Draw a row of the images that each unit answers to most.

    units: whose images to show; a minus at the end shows what the unit is most inhibited by
    count: how many images of each unit, at most 16
    crop: what the unit sees, or the whole image with the rest faded
    """
    network, data = models.load(model), datasets.load(dataset)
    return with_control(lambda one: _drawn(one, data, units, count, crop, tile), network, control)


def _drawn(
    network: Network, data: datasets.Dataset, units: Sequence[str], count: int, crop: str, tile: int
) -> Artifact:
    addresses = {unit: models.whole_channel(network.unit(unit)) for unit in units}
    found = scan.by_layer(network, data, [one.layer for one in addresses.values()])
    best = {unit: found[one.layer].furthest(one, count) for unit, one in addresses.items()}
    rows = [examples(network, data, unit, best[unit], crop=crop, tile=tile) for unit in units]
    lowered = [one.negative for one in addresses.values()]
    what = "lower" if all(lowered) else "drive or, with a minus, lower" if any(lowered) else "drive"
    alt = f"The {count} images of {data.name} that {what} each of {len(units)} units most: {', '.join(units)}."
    table = Table(COLUMNS, tuple(row for unit in units for row in _rows(unit, best[unit])))
    values = {"units": len(units), "strongest": max(float(one.value[0]) for one in best.values())}
    return Artifact(alt, tuple(rows), table, values)


def answered(unit: Address) -> str:
    """Say what images do to a unit: they drive it, or with a minus, lower it."""
    return "lower" if unit.negative else "drive"


def examples(
    network: Network,
    data: datasets.Dataset,
    unit: str,
    best: scan.Positions,
    *,
    crop: str = "receptive-field",
    tile: int = 72,
    name: str = "",
) -> Sprite:
    """Draw a unit's best images in a row, each above its activation."""
    address = network.unit(unit)
    layer = address.layer
    if crop == "image":
        whole = pixels(scan.seen(network, data).images(best.image))
        pictures = sprites.spotlight(whole, *scan.windows(network, layer, best.y, best.x))
    else:
        pictures = pixels(scan.crops(network, data, layer, best.image, best.y, best.x))
    tiles = [
        Tile(f"Image {image} of {data.name}, activation {value:.1f}", unit, (f"{value:.1f}",))
        for image, value in zip(best.image, best.value, strict=True)
    ]
    name = name or f"examples-{address.layer.replace('.', '-')}-{address.index}{'-lowered' * address.negative}"
    enlarged = [sprites.resized(one, max(2 * tile, len(one))) for one in pictures]
    alt = f"Images that {answered(address)} {unit} most"
    return sprites.sprite(enlarged, tiles, display_px=tile, per_row=len(tiles), name=name, title=unit, alt=alt)


def _rows(unit: str, best: scan.Positions) -> list[tuple[object, ...]]:
    columns = zip(best.image, best.y, best.x, best.value, strict=True)
    return [(unit, rank, int(i), int(y), int(x), float(v)) for rank, (i, y, x, v) in enumerate(columns, 1)]
