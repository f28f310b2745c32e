"""Which concepts do the units of a layer stand for, and would any other directions do as well?

Every unit is held against everything that is known of the images, and so are random directions in the same layer, and
the units of a network that has learned nothing.
"""

from __future__ import annotations

from typing import Annotated, Literal

from figures.artifact import Artifact, Table
from figures.charts import dissection as charts
from figures.methods import datasets, models
from figures.methods.dissection import dissected
from figures.parameters import Count, Dataset, Model, Outputs, Seed, Side
from figures.ranges import AtLeast, Between, Length
from figures.registry import figure
from figures.words import dissection as words


@figure("network-dissection")
def network_dissection(
    *,
    layers: Annotated[Outputs, Length(1, 16)],
    model: Model = "glyphs",
    dataset: Dataset = "glyphs:6000",
    images: Annotated[int, AtLeast(20)] = 600,
    measure: Literal["auto", "iou", "auc"] = "auto",
    families: tuple[str, ...] = (),
    top: Annotated[float, Between(0.0001, 0.5)] = 0.005,
    least: Annotated[float, Between(0, 1)] = 0.0,
    examples: Annotated[int, Between(0, 32)] = 5,
    count: Count = 8,
    control: bool = True,
    seed: Seed = 0,
    tile: Side = 64,
) -> Artifact:
    """Draw how many units of layers name a concept, beside random directions, and the units that do so best.

    layers: the layers, or heads, whose units are named
    dataset: where the images come from, and what is known of them
    images: how many images of it are looked at, chosen at random
    measure: overlap of maps with masks (iou), or of maxima with labels (auc); auto for masks where layers have maps
    families: of shape, texture, size, form, ground, label, colour, edge, figure those to look for; by default all known
    top: the share of a unit's activations that counts as on, for masks
    least: the score from which a unit names its concept; 0 for 0.04 of masks, and 0.9 of labels
    examples: how many units that name a concept best are shown with what drives them
    count: how many crops of each
    seed: what the images, their halves and the random directions are drawn from
    """
    network, data = models.load(model), datasets.load(dataset)
    seen = dissected.of(
        network, data, layers, measure=measure, families=families, images=images, top=top, least=least,
        control=control, seed=seed,
    )  # fmt: skip
    said = words.dissection(seen)
    rows = [
        charts.examples(best, best.crops(network, data, count), words.SCORES[seen.measure], tile=tile)
        for best in seen.best(examples)
    ]
    return said.artifact([charts.draw(seen, alt_text=said.alt), *rows], Table.of(seen.columns()))
