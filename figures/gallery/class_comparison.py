"""What tells two classes apart?

Places of pictures that speak for one class or the other, from what is all for the first to what is all for the second.
"""

from __future__ import annotations

from typing import Annotated, Literal

from figures.artifact import Artifact, Table
from figures.charts import class_comparison as charts
from figures.methods import datasets, models
from figures.methods.comparison import compared
from figures.parameters import Classes, Dataset, Head, Layer, Model, Seed, Steps
from figures.ranges import Between, Length
from figures.registry import figure
from figures.words import class_comparison as words


@figure("class-comparison")
def class_comparison(
    *,
    classes: Annotated[Classes, Length(2, 2)],
    layer: Layer,
    model: Model = "efficientnet-lite0",
    dataset: Dataset = "photographs",
    head: Head = "",
    positions: Annotated[int, Between(50, 20_000)] = 1000,
    most: Annotated[int, Between(10, 3000)] = 200,
    least: Annotated[int, Between(1, 100)] = 2,
    icons: Literal["crops", "visualizations"] = "crops",
    steps: Steps = 48,
    seed: Seed = 0,
) -> Artifact:
    """Draw pictures on a grid between two classes, each where it adds more to the one or to the other.

    classes: two classes by name, the first to the left: tabby, Egyptian cat
    positions: about how many places of the layer's maps are drawn at random
    most: how many of those that add most to either class are kept, beside those that add most of all to it
    least: how many places a cell needs to be drawn
    icons: what stands in a cell: its most typical crop, or a picture of its mean; a pointer shows the crop then too
    steps: how many steps a visualization climbs
    seed: draws the places, lays them out, and is where visualizations start from
    """
    seen = compared.of(
        models.load(model), datasets.load(dataset), layer, classes, head=head, count=positions, most=most, least=least,
        seed=seed, steps=steps if icons == "visualizations" else 0,
    )  # fmt: skip
    said = words.class_comparison(seen)
    return said.artifact([charts.draw(seen, alt_text=said.alt)], Table.of(seen.columns()))
