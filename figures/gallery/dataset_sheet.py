"""What is in a data set, how much of it, and who made its pictures?"""

from __future__ import annotations

from typing import Annotated

from figures.artifact import Artifact, Table
from figures.charts import dataset_sheet as charts
from figures.methods import dataset_sheet, datasets
from figures.parameters import Dataset, Side
from figures.ranges import Between
from figures.registry import figure
from figures.words import dataset_sheet as words


@figure("dataset-sheet")
def draw(*, dataset: Dataset = "photographs", count: Annotated[int, Between(1, 200)] = 40, tile: Side = 96) -> Artifact:
    """Draw an image of each label of a data set, or some images evenly where there are no labels.

    dataset: the data set
    count: how many images at most
    """
    seen = dataset_sheet.of(datasets.load(dataset), count, 2 * tile)
    said = words.dataset_sheet(seen)
    sheet = charts.draw(seen, tile=tile, alt_text=said.alt)
    return said.artifact([sheet], Table.of(seen.columns()))
