"""What of a picture moves a unit where it answers most?

The whole picture's gradient from that one position, and the same enlarged to what the unit sees.
"""

from __future__ import annotations

from typing import Annotated, Literal

from figures.artifact import Artifact, Table
from figures.charts import unit_gradients as charts
from figures.methods import datasets, models
from figures.methods.patches import top_patches
from figures.methods.patches import unit_gradients as gradients
from figures.parameters import Dataset, Model, Pictures, Side, Units
from figures.ranges import Between, Length
from figures.registry import figure
from figures.words import patches as words


@figure("unit-gradients", control=True)
def unit_gradients(
    *,
    units: Units,
    images: Pictures,
    model: Model = "efficientnet-lite0",
    dataset: Dataset = "photographs",
    methods: Annotated[tuple[Literal["guided", "deconvolution", "gradient"], ...], Length(1, 3)] = ("guided",),
    patches: Annotated[int, Between(0, 16)] = 0,
    tile: Side = 156,
) -> Artifact:
    """Draw pictures with what a unit sees framed, beside what of them moves the unit, whole and enlarged.

    units: what is explained, where it answers most to a picture or at its position; with a minus, what lowers it
    images: the pictures: files beside the article, or images of the data set by number or name
    dataset: where pictures come from that are no files, and patches
    methods: which gradients are drawn, in this order
    patches: how many crops stand below the pictures of a unit: those that drive it most, beside what moves it there
    """
    if not images:
        raise ValueError("images: nothing given; expected a picture beside the article, or of the data set")
    network, data = models.load(model), datasets.load(dataset)
    seen = gradients.of(network, data, images, units, methods)
    best = top_patches.of(network, data, seen.channels, patches, seen.methods[0]) if patches else None
    parts = charts.draw(seen, best, tile=tile)
    return words.unit_gradients(seen, best).artifact(parts, Table.of(seen.columns(), decimals=None))
