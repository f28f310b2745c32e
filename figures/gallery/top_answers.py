"""What does the network see in a picture?

Its likeliest classes, beside the picture as it sees it.
"""

from __future__ import annotations

from typing import Annotated

from figures.artifact import Artifact, Table
from figures.charts import top_answers as charts
from figures.methods import asked_images, datasets, models, top_answers
from figures.parameters import Dataset, Head, Model, Phrases, Pictures, Side
from figures.ranges import Between, Length
from figures.registry import figure
from figures.words import top_answers as words


@figure("top-answers", control=True)
def draw(
    *,
    images: Annotated[Pictures, Length(1, 64)],
    model: Model = "efficientnet-lite0",
    dataset: Dataset = "photographs",
    count: Annotated[int, Between(1, 20)] = 5,
    truth: Phrases = (),
    head: Head = "",
    tile: Side = 120,
) -> Artifact:
    """Draw pictures, each beside the network's likeliest classes and their probabilities.

    images: the pictures: files beside the article, or images of the data set by number or name
    dataset: where the pictures come from that are no files
    count: how many classes to show
    truth: the right class of each picture, or one of all; several that would be right with bars between, tabby | lynx
    """
    network = models.load(model)
    shown = asked_images.shown(network, datasets.load(dataset), images)
    seen = top_answers.of(network, shown, head, count, truth)
    said = words.top_answers(seen)
    return said.artifact([charts.draw(seen, tile=tile, alt_text=said.alt)], Table.of(seen.columns(), decimals=None))
