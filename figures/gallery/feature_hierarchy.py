"""What do units look for, from the first layers of a network to the last?

Rows by depth: pictures made for units, the crops that drive them, and what of these moves them.
"""

from __future__ import annotations

from typing import Annotated, Literal

from figures.artifact import Artifact, Table
from figures.charts import feature_hierarchy as charts
from figures.methods import datasets, models
from figures.methods.feature_visualization import Recipe
from figures.methods.patches import hierarchy
from figures.parameters import Count, Dataset, Layers, Model, Seed, Side, Steps, Units
from figures.ranges import Between, Length
from figures.registry import figure
from figures.words import patches as words


@figure("feature-hierarchy", control=True)
def feature_hierarchy(
    *,
    model: Model = "efficientnet-lite0",
    dataset: Dataset = "photographs",
    layers: Annotated[Layers, Length(0, 16)] = (),
    units: Units = (),
    units_per_layer: Annotated[int, Between(1, 16)] = 4,
    show: Annotated[tuple[Literal["visualization", "crops", "gradients"], ...], Length(1, 3)] = (
        "visualization", "crops", "gradients",
    ),
    count: Count = 9,
    method: Literal["guided", "deconvolution", "gradient"] = "guided",
    steps: Steps = 64,
    seed: Seed = 0,
    tile: Side = 100,
) -> Artifact:  # fmt: skip
    """Draw a row for each layer: of each unit a feature visualization, its best crops, and what of these moves it.

    dataset: whose images drive units, and whose colours visualizations have
    layers: which layers; by default five, in even steps through the network; a row of classes comes by `units`
    units: which units, in the rows of their layers; in other rows, those that answer to images most sparsely
    units_per_layer: how many units of a layer where none is named
    show: what is drawn of each unit, in the order of these words
    count: how many crops of each unit, at most 16
    steps: how many steps to climb
    seed: where visualizations start from
    """
    wish = hierarchy.Wish(hierarchy.kinds(show), count, method, Recipe(steps=steps), seed)
    network, data = models.load(model), datasets.load(dataset)
    seen = hierarchy.of(network, data, layers, units, per_layer=units_per_layer, wish=wish)
    rows = charts.draw(seen, tile=tile)
    return words.feature_hierarchy(seen).artifact(rows, Table.of(seen.columns(), decimals=None))
