"""What does a unit look for?

One picture for each unit, made by climbing what the unit answers, beside the answer of the
images that it likes best.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

import numpy as np

from figures.artifact import Artifact, Table, Tile
from figures.charts import sprites
from figures.methods import datasets, models
from figures.methods.feature_visualization import Recipe, visualize
from figures.methods.models import Model as Network
from figures.methods.scan import scan
from figures.parameters import Dataset, Model, Units
from figures.registry import figure

BEST = 9
COLUMNS = ("unit", "class", "activation reached", "under held-out movements", "mean of top examples", "ratio", "dead")


@figure("feature-visualization")
def feature_visualization(
    *,
    units: Units,
    model: Model = "glyphs",
    dataset: Dataset = "glyphs:6000",
    seed: int = 0,
    steps: int = 128,
    size: int = 0,
    negative: bool = False,
    diversity: int = 1,
    alpha: bool = False,
    colour: Literal["natural", "grey"] = "natural",
    objective: Literal["neuron", "channel", "logit"] = "neuron",
    tile: int = 96,
) -> Artifact:
    """Draw a sheet of pictures that raise the activation of units.

    units: whose pictures to make; a class is a unit of its head, `shape:3`
    model: the network
    dataset: the images whose best answers are set beside those reached
    seed: where the pictures start from
    steps: how many steps to climb
    size: side of the picture in pixels of the network's input; 0 shows what the unit sees
    negative: what the unit is most inhibited by
    diversity: how many pictures of each unit, pushed apart
    alpha: let the picture be transparent where the unit does not care
    colour: colours as frequent as in the data, or shades of grey
    objective: the neuron at the centre, the whole channel, or the logit of a class
    tile: side of a picture on the page in pixels
    """
    network = models.load(model)
    recipe = Recipe(steps=steps, size_px=size, objective=objective, negative=negative, diversity=diversity,
                    alpha=alpha, colour=colour)  # fmt: skip
    pictures = visualize(network, units, recipe=recipe, seed=seed)
    means = [None] * len(units) if negative else top_means(network, datasets.load(dataset), units)
    rows = [*_rows(network, units, pictures, means)]
    shown = pictures["variants"].reshape(-1, *pictures["images"].shape[1:]) if diversity > 1 else pictures["images"]
    tiles = [_tile(row, variant, diversity) for row in rows for variant in range(diversity)]
    sheet = sprites.sprite(shown, tiles, display_px=tile, name="units", alt=_alt(units, network, negative))
    return Artifact(sheet.image.alt, (sheet,), Table(COLUMNS, tuple(rows)), _values(rows), _notes(rows))


def top_means(network: Network, data: datasets.Dataset, units: Sequence[str]) -> list[float]:
    """Return the mean activation of the data set's best images for each unit, one position each."""
    addresses = [network.unit(unit) for unit in units]
    best = {layer: scan(network, data, layer)["top_value"] for layer in {one.layer for one in addresses}}
    return [float(np.nanmean(best[one.layer][one.index, :BEST])) for one in addresses]


def _rows(
    network: Network, units: Sequence[str], pictures: Mapping[str, np.ndarray], means: Sequence[float | None]
) -> Iterator[tuple[object, ...]]:
    for index, (unit, best) in enumerate(zip(units, means, strict=True)):
        reached, held_out = float(pictures["activation"][index]), float(pictures["held_out"][index])
        ratio = reached / best if best is not None and best > 0 else None
        dead = "yes" if pictures["dead"][index] else "no"
        yield unit, network.label(network.unit(unit)), reached, held_out, best, ratio, dead


def _tile(row: tuple[object, ...], variant: int, of: int) -> Tile:
    unit, label, reached, _, best, _, dead = row
    alt = f"Feature visualization of {unit}" + (f" ({label})" if label else "")
    if variant:
        return Tile(f"{alt}, {variant + 1} of {of}", str(unit), (str(unit), f"{variant + 1} of {of}"))
    numbers = f"{reached:.1f}" if best is None else f"{reached:.1f} vs {best:.1f}"
    return Tile(alt, str(unit), (str(label or unit), "dead" if dead == "yes" else numbers))


def _alt(units: Sequence[str], network: Network, negative: bool) -> str:
    what = "lower" if negative else "raise"
    return f"Pictures that {what} the activation of {len(units)} units of {network.name}: {', '.join(units)}."


def _values(rows: Sequence[tuple[object, ...]]) -> dict[str, float | int]:
    ratios = [row[5] for row in rows if row[5] is not None]
    reached = float(np.mean([row[2] for row in rows]))
    values = {"units": len(rows), "dead": sum(row[6] == "yes" for row in rows), "mean_reached": reached}
    if ratios:
        values |= {"mean_ratio": float(np.mean(ratios)), "least_ratio": min(ratios), "greatest_ratio": max(ratios)}
    return values


def _notes(rows: Sequence[tuple[object, ...]]) -> tuple[str, ...]:
    dead = [str(row[0]) for row in rows if row[6] == "yes"]
    numbers = "" if rows[0][4] is None else f"Below each: activation reached vs mean of the {BEST} best images."
    silent = f"Never answered: {', '.join(dead)}." if dead else ""
    return tuple(filter(None, (numbers, silent)))
