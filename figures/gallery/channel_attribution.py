"""Which channels of one layer make those of a later one answer to a picture?

The strongest channels of the later layer on the left, those that move them most on the right, links between.
"""

from __future__ import annotations

from typing import Annotated

from figures.artifact import Artifact, Table
from figures.charts import channel_flow as charts
from figures.methods import datasets, models
from figures.methods.blocks import channel_flow as methods
from figures.parameters import Dataset, Layer, Model, Picture, Seed, Steps
from figures.ranges import Between
from figures.registry import figure
from figures.words import channel_attribution as words


@figure("channel-attribution")
def draw(
    *,
    image: Picture,
    layer: Layer,
    before: Layer = "",
    model: Model = "efficientnet-lite0",
    dataset: Dataset = "photographs",
    channels: Annotated[int, Between(1, 12)] = 5,
    sources: Annotated[int, Between(1, 16)] = 6,
    steps: Steps = 64,
    seed: Seed = 0,
) -> Artifact:
    """Draw what the channels of an earlier layer add to those of a layer that answer most to a picture.

    image: the picture: a file beside the article, or an image of the data set by number or name
    layer: the later layer, whose strongest channels are explained
    before: the earlier layer; empty for the main layer before
    dataset: where the picture comes from that is no file, and the colours of feature visualizations
    channels: how many channels of the later layer to show
    sources: how many channels of the earlier layer to show: those that move the others most
    steps: how many steps a channel's picture is improved for
    seed: where the channels' pictures start from
    """
    seen = methods.of(
        models.load(model), datasets.load(dataset), image, layer, before, channels=channels, sources=sources,
        steps=steps, seed=seed,
    )  # fmt: skip
    said = words.channel_attribution(seen)
    return said.artifact([charts.draw(seen, alt_text=said.alt)], Table.of(seen.columns(), decimals=None))
