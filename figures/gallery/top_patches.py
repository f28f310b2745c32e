"""What of the crops that drive a unit most does it answer to?

The crops on the left; on the right, in the same order, what of each moves the unit.
"""

from __future__ import annotations

from typing import Literal

from figures.artifact import Artifact, Table
from figures.charts import top_patches as charts
from figures.methods import datasets, models
from figures.methods.patches import top_patches as patches
from figures.parameters import Count, Dataset, Model, Side, Units
from figures.registry import figure
from figures.words import patches as words


@figure("top-patches", control=True)
def top_patches(
    *,
    units: Units,
    model: Model = "efficientnet-lite0",
    dataset: Dataset = "photographs",
    count: Count = 9,
    method: Literal["guided", "deconvolution", "gradient"] = "guided",
    tile: Side = 84,
) -> Artifact:
    """Draw the crops that drive each unit most beside what of each moves the unit.

    units: whose crops to show; a minus at the end shows what the unit is most inhibited by
    dataset: where the crops come from
    count: how many crops of each unit, at most 16
    """
    data = datasets.load(dataset)
    seen = patches.of(models.load(model), data, units, count, method)
    sheets = charts.draw(seen, tile=tile)
    table = Table.of(datasets.with_files(data, seen.columns()), decimals=None)
    return words.top_patches(seen).artifact(sheets, table)
