"""What does a unit look for?

One picture for each unit, made by climbing what the unit answers, beside the answer of the
images that it likes best.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Literal

import numpy as np

from figures.artifact import Artifact, Table, Tile
from figures.charts import sprites
from figures.control import with_control
from figures.methods import datasets, models, scan
from figures.methods.feature_visualization import Recipe, check, colours_of, visualize
from figures.methods.models import Model as Network
from figures.methods.models import Unit as Address
from figures.methods.pictures import channels_note
from figures.parameters import Dataset, Model, Seed, Side, Steps, Units
from figures.ranges import Between
from figures.registry import figure

BEST = 9
COLUMNS = ("unit", "class", "activation reached", "under held-out movements", "mean of top examples", "ratio", "dead")


@figure("feature-visualization")
def feature_visualization(
    *,
    units: Units,
    model: Model = "glyphs",
    dataset: Dataset = "glyphs:6000",
    seed: Seed = 0,
    steps: Steps = 128,
    size: Annotated[int, Between(0, 1024)] = 0,
    negative: bool = False,
    diversity: Annotated[int, Between(1, 32)] = 1,
    alpha: bool = False,
    colour: Literal["natural", "grey"] = "natural",
    objective: Literal["neuron", "channel", "logit"] = "neuron",
    parameterization: Literal["fourier", "phase"] = "fourier",
    tile: Side = 96,
    control: bool = False,
) -> Artifact:
    """Draw a sheet of pictures that raise the activation of units.

    units: whose pictures to make; a class is a unit of its head, `shape:3`; a minus at the end lowers the unit
    dataset: the images whose colours pictures have, and whose best answers are set beside those reached
    seed: where the pictures start from
    steps: how many steps to climb
    size: side of the picture in pixels of the network's input; 0 shows what the unit sees
    negative: what units are most inhibited by, all of them
    diversity: how many pictures of each unit, pushed apart
    alpha: let the picture be transparent where the unit does not care
    colour: colours as frequent as in the data, or shades of grey
    objective: the neuron at the centre, the whole channel, or the logit of a class
    parameterization: waves of any strength, or only their phases, as strong as in the data on average
    """
    network, data = models.load(model), datasets.load(dataset)
    recipe = Recipe(steps=steps, size_px=size, objective=objective, negative=negative, diversity=diversity,
                    alpha=alpha, colour=colour, parameterization=parameterization)  # fmt: skip
    return with_control(lambda one: draw(one, data, units, recipe, seed, tile), network, control)


def draw(
    network: Network, data: datasets.Dataset, units: Sequence[str], recipe: Recipe, seed: int, tile_px: int
) -> Artifact:
    """Draw the figure of one network."""
    check(network, units, recipe)
    addresses, diversity = [network.unit(unit) for unit in units], recipe.diversity
    by_phase = recipe.parameterization == "phase"
    known = network.channels in (1, 3) or by_phase
    found = scan.by_layer(network, data, [one.layer for one in addresses]) if known else {}
    spectrum = next(iter(found.values())).spectrum if by_phase else None
    made = visualize(
        network, units, recipe=recipe, seed=seed, colours=colours_of(data) if known else None, spectrum=spectrum
    )
    means = [best_mean(found[one.layer], one, recipe.negative) if known else None for one in addresses]
    rows = [*_rows(network, units, made, means)]
    images = made.variants.reshape(-1, *made.images.shape[1:]) if diversity > 1 else made.images
    tiles = [_tile(row, variant, diversity) for row in rows for variant in range(diversity)]
    alt, per_row = _alt(units, network, recipe.negative), diversity if diversity > 1 else 0
    sheet = sprites.sprite(images, tiles, display_px=tile_px, per_row=per_row, name="units", alt=alt)
    notes = (*_notes(rows), *_asides(network, data, recipe.parameterization))
    return Artifact(sheet.image.alt, (sheet,), Table(COLUMNS, tuple(rows)), _values(rows), notes)


def best_mean(found: scan.LayerScan, unit: Address, negative: bool = False) -> float:
    """Return the mean activation of the data set's best images for a unit, one position each.

    For a unit with a minus, of those that lower it most.
    """
    end = found.bottom if unit.negative or negative else found.top
    return float(np.nanmean(end.value[unit.index, :BEST]))


def _rows(
    network: Network, units: Sequence[str], made: Mapping[str, np.ndarray], means: Sequence[float | None]
) -> Iterator[tuple[object, ...]]:
    for index, (unit, best) in enumerate(zip(units, means, strict=True)):
        reached, held_out = float(made.activation[index]), float(made.held_out[index])
        ratio = reached / best if best is not None and reached * best > 0 else None
        dead = "yes" if made.dead[index] else "no"
        yield unit, network.label(network.unit(unit)), reached, held_out, best, ratio, dead


def _tile(row: tuple[object, ...], variant: int, of: int) -> Tile:
    unit, label, reached, _, best, _, dead = row
    alt = f"Feature visualization of {unit}" + (f" ({label})" if label else "")
    if variant:
        return Tile(f"{alt}, {variant + 1} of {of}", str(unit), (str(unit), f"{variant + 1} of {of}"))
    numbers = _short(reached) if best is None else f"{_short(reached)} vs {_short(best)}"
    return Tile(alt, str(unit), (str(label or unit), "dead" if dead == "yes" else numbers))


def _short(number: float) -> str:
    """Write an activation with a decimal, or with two digits where that would say nothing."""
    return f"{number:.1f}" if abs(number) >= 0.1 or number == 0 else f"{number:.2g}"


def _alt(units: Sequence[str], network: Network, negative: bool) -> str:
    lowered = [negative or network.unit(unit).negative for unit in units]
    what = "lower" if all(lowered) else "raise or, with a minus, lower" if any(lowered) else "raise"
    return f"Pictures that {what} the activation of {len(units)} units of {network.name}: {', '.join(units)}."


def _values(rows: Sequence[tuple[object, ...]]) -> dict[str, float | int]:
    ratios = [row[5] for row in rows if row[5] is not None]
    reached = float(np.mean([row[2] for row in rows]))
    values = {"units": len(rows), "dead": sum(row[6] == "yes" for row in rows), "mean_reached": reached}
    if ratios:
        values |= {"mean_ratio": float(np.mean(ratios)), "least_ratio": min(ratios), "greatest_ratio": max(ratios)}
    return values


def _notes(rows: Sequence[tuple[object, ...]]) -> Iterator[str]:
    dead = [str(row[0]) for row in rows if row[6] == "yes"]
    if rows[0][4] is not None:
        yield f"Below each: activation reached vs mean of the {BEST} best images."
    if dead:
        yield f"Never answered: {', '.join(dead)}."


def _asides(network: Network, data: datasets.Dataset, parameterization: str) -> Iterator[str]:
    """Say what is not as usual."""
    if parameterization == "phase":
        yield f"Only phases were free; amplitudes are those of {data.name} on average (Fel et al., 2023)."
    if channels_note(network.channels):
        yield channels_note(network.channels)
