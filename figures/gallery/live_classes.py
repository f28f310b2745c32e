"""What does the network see in this, and in that? Show it something, and its likeliest classes follow."""

from __future__ import annotations

from typing import Annotated

from figures.artifact import Artifact, Table
from figures.charts import live as charts
from figures.methods import datasets, models
from figures.methods.live import classes as live
from figures.parameters import Dataset, Head, Model, Pictures
from figures.ranges import Between
from figures.registry import figure
from figures.words import live as words


@figure("live-classes")
def live_classes(
    *,
    images: Pictures = (),
    content: Pictures = (),
    style: Pictures = (),
    model: Model = "glyphs",
    dataset: Dataset = "glyphs:6000",
    head: Head = "",
    count: Annotated[int, Between(1, 20)] = 5,
) -> Artifact:
    """Put a network into the page, and beside it the likeliest classes of what a reader shows it.

    Handles turn and bend stimuli where the network is small enough to follow them.

    images: pictures to choose from, the first at first: files beside the article, or images of the data set
    dataset: where the pictures come from that are no files
    count: how many classes to show
    """
    seen = live.of(
        models.load(model), datasets.load(dataset), images, content=content, style=style, head=head, count=count
    )
    said = words.classes(seen)
    return said.artifact([charts.classes(seen, alt_text=said.alt)], Table.of(seen.columns(), decimals=None))
