"""Which images does a unit answer to most?

The strongest position of each image, the best images first, cut to what the unit sees.
"""

from __future__ import annotations

from typing import Literal

from figures.artifact import Artifact, Table
from figures.charts import examples as charts
from figures.methods import datasets, examples, models
from figures.parameters import Count, Dataset, Model, Side, Units
from figures.registry import figure
from figures.words import examples as words


@figure("dataset-examples", control=True)
def dataset_examples(
    *,
    units: Units,
    model: Model = "glyphs",
    dataset: Dataset = "glyphs:6000",
    count: Count = 12,
    crop: Literal["receptive-field", "image"] = "receptive-field",
    tile: Side = 72,
) -> Artifact:
    """Draw a row of the images that each unit answers to most.

    units: whose images to show; a minus at the end shows what the unit is most inhibited by
    count: how many images of each unit, at most 16
    crop: what the unit sees, or the whole image with the rest faded
    """
    network, data = models.load(model), datasets.load(dataset)
    for unit in units:
        models.whole_channel(network.unit(unit))
    seen = examples.of(network, data, units, count, whole=crop == "image")
    rows = [charts.draw(each, tile=tile, alt_text=words.row(each)) for each in seen]
    table = Table.of(datasets.with_files(data, examples.columns(seen)), decimals=None)
    return words.examples(seen, count).artifact(rows, table)
