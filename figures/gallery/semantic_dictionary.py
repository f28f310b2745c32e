"""What does a layer say where in a picture?

The channels that answer most at each position, each with the picture of what it looks for.
"""

from __future__ import annotations

from typing import Annotated

from figures.artifact import Artifact, Table
from figures.charts import dictionary as charts
from figures.methods import datasets, models
from figures.methods.blocks import dictionary
from figures.parameters import Dataset, Layers, Model, Picture, Seed, Side, Steps
from figures.ranges import Between, Length
from figures.registry import figure
from figures.words import semantic_dictionary as words


@figure("semantic-dictionary")
def draw(
    *,
    image: Picture,
    layers: Annotated[Layers, Length(1, 8)],
    model: Model = "efficientnet-lite0",
    dataset: Dataset = "photographs",
    channels: Annotated[int, Between(1, 8)] = 4,
    icons: Annotated[int, Between(1, 64)] = 32,
    cells: Annotated[int, Between(1, 32)] = 16,
    steps: Steps = 64,
    seed: Seed = 0,
    size: Side = 336,
) -> Artifact:
    """Draw a picture under a grid whose cells tell the channels that answer most there.

    image: the picture: a file beside the article, or an image of the data set by number or name
    layers: which layer is looked up, or several to choose from
    dataset: where the picture comes from that is no file, and the colours of feature visualizations
    channels: how many channels a cell tells
    icons: how many channels of a layer get a picture: those that cells tell most often
    cells: how many cells lie along a side of the picture at most; a larger map is averaged
    steps: how many steps a channel's picture is improved for
    seed: where the channels' pictures start from
    size: side of the picture on the page in pixels
    """
    seen = dictionary.of(
        models.load(model), datasets.load(dataset), image, layers, channels=channels, cells=cells, most=icons,
        steps=steps, seed=seed,
    )  # fmt: skip
    said = words.semantic_dictionary(seen)
    lenses = charts.draw(seen, size=size, alt_text=said.alt)
    return said.artifact(lenses, Table.of(seen.columns(), decimals=4), charts.controls(seen))
