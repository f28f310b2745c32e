"""Why does a crop drive a unit?

Below each crop, a picture of what the layer before contributed to the unit there, in its place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

import numpy as np

from figures.artifact import Artifact, Sprite, Table, Tile
from figures.charts import sprites
from figures.control import with_control
from figures.methods import datasets, models, scan
from figures.methods.activations import activations
from figures.methods.attribution import Place, attributions, source_layer
from figures.methods.models import Model as Network
from figures.methods.models import Unit as Address
from figures.parameters import Count, Dataset, Images, Layer, Model, Seed, Side, Unit
from figures.registry import figure

COLUMNS = (
    "image", "y", "x", "activation", "sum of contributions", "what is left", "driving", "holding back",
    "largest channel", "its share",
)  # fmt: skip
NOTE = (
    "Each picture raises those activations of {layer} that moved the unit at the crop, each as far as it did "
    "(activation times gradient, after Cammarata et al., 2020). Strong and weak crops get pictures of one contrast."
)
SIGNED = "What drives the unit is in greens, what holds it back in reds; the weaker of the two is fainter."


@figure("attribution")
def attribution(
    *,
    unit: Unit,
    model: Model = "glyphs",
    dataset: Dataset = "glyphs:6000",
    count: Count = 8,
    choose: Literal["strongest", "firing", "random"] = "strongest",
    images: Images = (),
    layer: Layer = "",
    signed: bool = False,
    seed: Seed = 0,
    control: bool = False,
    tile: Side = 84,
) -> Artifact:
    """Draw crops that a unit sees, each above a picture of what in the layer before moves the unit.

    unit: the unit that is explained; with a minus, what lowers it
    dataset: where the crops come from
    count: how many crops, at most 16
    choose: the strongest crops, or crops at random among those that the unit fires for, or among all
    images: instead, these images of the data set, each where the unit answers most
    layer: the layer whose contributions are drawn; empty for the one before
    seed: where the pictures start from, and which crops are drawn at random
    control: draw the same crops of the same network before training beside it
    """
    network, data = models.load(model), datasets.load(dataset)
    address = network.unit(unit)
    source = source_layer(network, address, layer)
    places = _given(network, data, address, images) if images else _chosen(network, data, address, choose, count, seed)
    words = "images that were asked for" if images else _WORDS[choose]

    def drawn(one: Network) -> Artifact:
        named = words if one is network else "same crops"
        return _drawn(one, data, unit, places, source, signed, seed, tile, named)

    return with_control(drawn, network, control)


_WORDS = {
    "strongest": "crops with the strongest answers",
    "firing": "crops drawn at random among those that the unit fires for",
    "random": "crops drawn at random",
}


def _chosen(
    network: Network, data: datasets.Dataset, unit: Address, choose: str, count: int, seed: int
) -> tuple[Place, ...]:
    """Choose places from a scan; raises ValueError where the unit fires for none."""
    found = scan.of(network, data, unit.layer)
    if choose == "strongest":
        best = found.furthest(unit, count)
        return _places(best.image, best.y, best.x)
    value = found.reservoir.value[:, unit.index] * (-1 if unit.negative else 1)
    there = np.arange(len(value)) if choose == "random" else np.flatnonzero(value > 0)
    if not len(there):
        raise ValueError(f"{unit} fires for none of {len(value)} places drawn at random; expected choose random")
    drawn = np.random.default_rng(seed).permutation(there)[:count]
    return _places(found.reservoir.image[drawn], found.reservoir.y[drawn], found.reservoir.x[drawn])


def _given(network: Network, data: datasets.Dataset, unit: Address, images: Sequence[int]) -> tuple[Place, ...]:
    """Find the place of each image where a unit answers most; raises ValueError for an image that there is not."""
    for image in images:
        if not 0 <= image < len(data):
            raise ValueError(f"no image {image}: {data.name} has images 0 to {len(data) - 1}")
    shown = data.sized(network.input_size, network.channels).images(np.array(images))
    maps = activations(network, shown, unit.layer)[:, unit.index] * (-1 if unit.negative else 1)
    y, x = np.unravel_index(maps.flatten(1).argmax(dim=1).numpy(), maps.shape[1:])
    return _places(np.array(images), y, x)


def _places(image: np.ndarray, y: np.ndarray, x: np.ndarray) -> tuple[Place, ...]:
    return tuple((int(i), int(r), int(c)) for i, r, c in zip(image, y, x, strict=True))


def _drawn(
    network: Network, data: datasets.Dataset, unit: str, places: Sequence[Place], source: str, signed: bool, seed: int,
    tile: int, words: str,
) -> Artifact:  # fmt: skip
    made = attributions(network, data, unit, places, layer=source, signed=signed, seed=seed)
    rows = pairs(data, unit, places, made, source, tile=tile)
    values = {"unit": unit, "layer": source, **numbers(made)}
    notes = (NOTE.format(layer=source), *([SIGNED] if signed else []), *silent(made))
    alt = f"{len(places)} {words}, of {data.name}, for {unit} of {network.name}, {_told(values, source, signed)}"
    return Artifact(alt, rows, Table(COLUMNS, tuple(table(places, made))), values, notes)


def pairs(
    data: datasets.Dataset, unit: str, places: Sequence[Place], made: Mapping[str, np.ndarray], source: str, *,
    tile: int = 84,
) -> tuple[Sprite, Sprite]:  # fmt: skip
    """Draw crops in a row, each above its activation, and below them the picture of what moves the unit there."""
    seen, moved = [], []
    for place, value, total in zip(places, made["value"], made["total"], strict=True):
        where = f"image {place[0]} of {data.name} at row {place[1]}, column {place[2]}"
        seen.append(Tile(f"Crop of {where}, activation {value:.2f}", lines=(f"{value:.2f}",)))
        moved.append(Tile(f"Attribution for {where}, contributions add up to {total:.2f}", lines=(f"{total:.2f}",)))
    enlarged = [sprites.resized(one, max(2 * tile, len(one))) for one in made["crops"]]
    row = {"display_px": tile, "per_row": len(places)}
    return (
        sprites.sprite(enlarged, seen, name="crops", title=f"What {unit} sees, and its activation", **row),
        sprites.sprite(
            made["images"],
            moved,
            name="attribution",
            title=f"What of it moves the unit, and the sum over {source}",
            **row,
        ),
    )


def table(places: Sequence[Place], made: Mapping[str, np.ndarray]) -> Iterator[tuple[object, ...]]:
    """Yield the numbers of each crop."""
    names = ("value", "total", "rest", "driving", "holding")
    for index, place in enumerate(places):
        share = float(made["share"][index])
        yield *place, *(float(made[name][index]) for name in names), int(made["channel"][index]), share


def numbers(made: Mapping[str, np.ndarray]) -> dict[str, float | int]:
    """Sum up a row of attributions."""
    moving = made["driving"] - made["holding"]
    held = np.divide(-made["holding"], moving, out=np.zeros_like(moving), where=moving > 0)
    return {
        "count": len(made["value"]),
        "strongest": float(made["value"].max()),
        "weakest": float(made["value"].min()),
        "mean_held_back": float(held.mean()),
        "largest_share": float(made["share"].max()),
        "empty": int(made["empty"].sum()),
    }


def silent(made: Mapping[str, np.ndarray]) -> Iterator[str]:
    """Say where there was nothing to draw."""
    if made["empty"].any():
        yield f"Nothing in the layer moves the unit at {int(made['empty'].sum())} crops; their pictures are empty."


def _told(values: Mapping[str, float | int | str], source: str, signed: bool) -> str:
    hues = ", what drives it in greens and what holds it back in reds" if signed else ""
    return (
        f"each above a picture of what in {source} moves the unit there{hues}. Activations go from "
        f"{values['weakest']:.2f} to {values['strongest']:.2f}; on average {values['mean_held_back']:.0%} of what "
        f"moves the unit holds it back, and no channel makes up more than {values['largest_share']:.0%}."
    )
