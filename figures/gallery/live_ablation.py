"""What do answers owe to a few units? Switch them off and on, and see the classes move."""

from __future__ import annotations

from typing import Annotated

from figures.artifact import Artifact, Table
from figures.charts import live as charts
from figures.methods import datasets, models
from figures.methods.live import ablation as live
from figures.parameters import Dataset, Head, Model, Pictures, Units
from figures.ranges import Between, Length
from figures.registry import figure
from figures.words import live as words


@figure("live-ablation")
def live_ablation(
    *,
    units: Annotated[Units, Length(1, 12)],
    images: Pictures = (),
    content: Pictures = (),
    style: Pictures = (),
    model: Model = "glyphs",
    dataset: Dataset = "glyphs:6000",
    head: Head = "",
    count: Annotated[int, Between(1, 20)] = 5,
) -> Artifact:
    """Put a network into the page with switches for some of its units: off at first, their outputs are held at zero.

    Handles turn and bend stimuli where the network is small enough to follow them.

    units: units of one layer
    images: pictures to choose from, the first at first: files beside the article, or images of the data set
    dataset: where the pictures come from that are no files
    count: how many classes to show, those likeliest with the units on or off
    """
    seen = live.of(
        models.load(model), datasets.load(dataset), units, images, content=content, style=style, head=head, count=count
    )
    said = words.ablation(seen)
    return said.artifact([charts.ablation(seen, alt_text=said.alt)], Table.of(seen.columns(), decimals=None))
