"""Which images does a layer hold for alike?

A map of a data set in which images whose codes are alike lie together, and whether that can be believed.
"""

from __future__ import annotations

from typing import Annotated, Literal

from figures.artifact import Artifact, Table
from figures.charts import embedding as charts
from figures.methods import datasets, models
from figures.methods.embedding import embedded
from figures.methods.embedding.embedded import Recipe
from figures.parameters import Dataset, Layer, Model, Seed
from figures.ranges import Between
from figures.registry import figure
from figures.words import embedding as words

THUMBNAIL_PX = 96


@figure("embedding")
def embedding(
    *,
    layer: Layer,
    model: Model = "efficientnet-lite0",
    dataset: Dataset = "photographs",
    method: Literal["tsne", "pca", "umap"] = "tsne",
    arrange: Literal["grid", "points"] = "grid",
    colour: str = "label",
    pool: Literal["mean", "max", "flat"] = "mean",
    images: Annotated[int, Between(12, 1000)] = 400,
    perplexity: Annotated[float, Between(2, 200)] = 30,
    control: bool = True,
    seed: Seed = 0,
) -> Artifact:
    """Draw a map of a data set's images, those with like codes beside each other; a pointer shows the nearest ones.

    method: how codes come into the plane: tsne, pca or umap, for which umap-learn has to be installed
    arrange: thumbnails on a grid, each moved as little as may be, or points
    colour: what groups are coloured by: label, or what glyphs are drawn with, such as shape, texture or scale_px
    pool: how a map becomes a code: the mean of each channel, its maximum, or all values as they are
    images: how many images at most, evenly over the data set
    perplexity: about how many neighbours t-SNE heeds, at most a third of the images
    control: measure the same of the network before training, for comparison
    seed: where t-SNE and umap start from
    """
    recipe = Recipe(pool, method, arrange == "grid", perplexity, seed)
    seen = embedded.of(
        models.load(model), datasets.load(dataset), layer, images=images, colour=colour, recipe=recipe,
        control=control, side_px=THUMBNAIL_PX,
    )  # fmt: skip
    said = words.embedding(seen)
    return said.artifact([charts.draw(seen, alt_text=said.alt)], Table.of(seen.columns()))
