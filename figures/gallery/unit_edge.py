"""What does one unit add to another?

Where they meet in a picture, and whether they answer together in others.
"""

from __future__ import annotations

from figures.artifact import Artifact, Table
from figures.charts import edge as charts
from figures.charts import unit_pairs
from figures.methods import datasets, models
from figures.methods.walks import edge as edges
from figures.parameters import Dataset, Edge, Model, Picture, Seed, Side
from figures.registry import figure
from figures.words import edge as words


@figure("unit-edge")
def unit_edge(
    *,
    edge: Edge,
    image: Picture,
    model: Model = "efficientnet-lite0",
    dataset: Dataset = "photographs",
    seed: Seed = 0,
    tile: Side = 148,
) -> Artifact:
    """Draw what of a picture drives two units, where the lower adds to the upper, and what both answer elsewhere.

    edge: two units of different layers, `logits:tabby -> block15:12`; the upper one is read where it answers most
    image: the picture: a file beside the article, or an image of the data set by number or name
    dataset: where the picture comes from that is no file, and the images whose answers are compared
    """
    network, data = models.load(model), datasets.load(dataset)
    seen = edges.of(network, data, image, edge)
    said = words.edge(seen)
    parts = (charts.draw(seen, tile=tile, alt_text=said.alt), unit_pairs.draw(seen, alt_text=said.alt))
    return said.artifact(parts, Table.of(datasets.with_files(data, seen.columns()), decimals=None))
