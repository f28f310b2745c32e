"""What does a layer tell apart?

The activation vectors of many places of many images, laid out so that similar ones lie near each other; a picture of
what each region stands for, and the class that it speaks for.
"""

from __future__ import annotations

from typing import Annotated, Literal

from figures.artifact import Artifact, Table
from figures.charts import mosaics
from figures.methods import datasets, models
from figures.methods.atlas import atlas
from figures.parameters import Dataset, Head, Layer, Model, Seed, Steps
from figures.ranges import Between, Length
from figures.registry import figure
from figures.words import atlas as words


@figure("activation-atlas")
def activation_atlas(
    *,
    layer: Layer,
    model: Model = "efficientnet-lite0",
    dataset: Dataset = "photographs",
    head: Head = "",
    positions: Annotated[int, Between(8, 1_000_000)] = 2000,
    per_image: Annotated[int, Between(0, 10_000)] = 0,
    grids: Annotated[tuple[int, ...], Between(2, 160), Length(1, 5)] = (10, 20),
    layout: Literal["tsne", "pca", "umap"] = "tsne",
    least: Annotated[int, Between(1, 1000)] = 2,
    icons: Literal["visualizations", "crops"] = "visualizations",
    steps: Steps = 48,
    seed: Seed = 0,
) -> Artifact:
    """Draw a map of what a layer answers, one picture for each cell of a grid; closer, a finer grid takes over.

    head: whose classes cells are called after; by default the first
    positions: about how many activation vectors to lay out
    per_image: how many positions of each image; 0 for as many as are needed
    grids: how many cells to a side, the coarsest grid first
    least: cells with fewer vectors stay empty
    steps: how many steps a visualization climbs
    seed: where the choice of positions, the layout and the visualizations start from
    """
    wish = atlas.Wish(grids, positions, per_image, layout, least, icons, steps, seed)
    seen = atlas.of(models.load(model), datasets.load(dataset), layer, wish, head=head)
    said = words.atlas(seen)
    mosaic = mosaics.draw(seen, runners_up=atlas.RUNNERS_UP, alt_text=said.alt)
    return said.artifact([mosaic], Table.of(seen.columns()))
