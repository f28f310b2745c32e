"""Which few groups of channels make up what a layer says of a picture, and what does each add to a class?

Every group has a map over the picture, a picture of what it looks for, and its share of each class.
"""

from __future__ import annotations

from typing import Annotated

from figures.artifact import Artifact, Table
from figures.charts import building_blocks as charts
from figures.methods import datasets, models
from figures.methods.blocks import groups as methods
from figures.parameters import Classes, Dataset, Head, Layer, Model, Picture, Seed, Steps
from figures.ranges import Between, Length
from figures.registry import figure
from figures.words import building_blocks as words


@figure("building-blocks")
def draw(
    *,
    image: Picture,
    layer: Layer,
    model: Model = "efficientnet-lite0",
    dataset: Dataset = "photographs",
    groups: Annotated[int, Between(1, 8)] = 6,
    classes: Annotated[Classes, Length(0, 4)] = (),
    head: Head = "",
    steps: Steps = 64,
    seed: Seed = 0,
) -> Artifact:
    """Draw groups of a layer's channels: what each looks for, where in the picture it lies, what it adds to classes.

    image: the picture: a file beside the article, or an image of the data set by number or name
    dataset: where the picture comes from that is no file, and the colours of what groups look for
    groups: into how many groups the layer's activations are split
    classes: what groups add to, by name or number; empty for the three likeliest
    steps: how many steps a group's picture is improved for
    seed: where the factorisation and the groups' pictures start from
    """
    seen = methods.of(
        models.load(model), datasets.load(dataset), image, layer, count=groups, classes=classes, head=head, steps=steps,
        seed=seed,
    )  # fmt: skip
    said = words.building_blocks(seen)
    return said.artifact([charts.draw(seen, alt_text=said.alt)], Table.of(seen.columns()))
