"""What kinds of places speak for a class?

The places of a layer that add most to one class, laid out so that similar ones lie near each other.
"""

from __future__ import annotations

from typing import Annotated, Literal

from figures.artifact import Artifact, Table
from figures.charts import mosaics
from figures.methods import datasets, models
from figures.methods.atlas import atlas
from figures.parameters import Class, Dataset, Head, Layer, Model, Seed, Steps
from figures.ranges import Between, Length
from figures.registry import figure
from figures.words import atlas as words


@figure("class-atlas")
def class_atlas(
    *,
    layer: Layer,
    label: Class,
    model: Model = "efficientnet-lite0",
    dataset: Dataset = "photographs",
    head: Head = "",
    positions: Annotated[int, Between(8, 1_000_000)] = 4000,
    largest: Annotated[int, Between(0, 100_000)] = 200,
    grids: Annotated[tuple[int, ...], Between(2, 160), Length(1, 5)] = (8,),
    layout: Literal["tsne", "pca", "umap"] = "tsne",
    least: Annotated[int, Between(1, 1000)] = 1,
    icons: Literal["visualizations", "crops"] = "visualizations",
    steps: Steps = 48,
    seed: Seed = 0,
) -> Artifact:
    """Draw a map of the places of a layer that speak for a class: those that add most to it, and the largest beside.

    label: the class, by its name or its number
    head: whose class that is; by default the first
    positions: about how many activation vectors to choose from
    largest: how many of those that add the most to the class to take besides those that add most to no other
    grids: how many cells to a side, the coarsest grid first
    least: cells with fewer vectors stay empty
    steps: how many steps a visualization climbs
    seed: where the choice of positions, the layout and the visualizations start from
    """
    wish = atlas.Wish(grids, positions, 0, layout, least, icons, steps, seed)
    seen = atlas.of_class(models.load(model), datasets.load(dataset), layer, label, largest, wish, head=head)
    said = words.atlas(seen)
    mosaic = mosaics.draw(seen, runners_up=atlas.RUNNERS_UP, alt_text=said.alt)
    return said.artifact([mosaic], Table.of(seen.columns()))
