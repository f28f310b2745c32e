"""What of a picture does a unit respond to?

The picture, changed so that the unit answers more to it, beside the picture as it is.
"""

from __future__ import annotations

from typing import Annotated, Literal

from figures.artifact import Artifact, Table
from figures.charts import accents
from figures.methods import datasets, models
from figures.methods.feature_visualization import accented_picture
from figures.parameters import Dataset, Layer, Model, Picture, Seed, Side, Steps, Units
from figures.ranges import Between
from figures.registry import figure
from figures.words import feature_accentuation as words


@figure("feature-accentuation", control=True)
def feature_accentuation(
    *,
    units: Units,
    image: Picture,
    model: Model = "efficientnet-lite0",
    dataset: Dataset = "photographs",
    objective: Literal["neuron", "channel"] = "neuron",
    keep: Annotated[float, Between(0, 1000)] = 1.0,
    keep_layer: Layer = "",
    steps: Steps = 64,
    seed: Seed = 0,
    tile: Side = 160,
) -> Artifact:
    """Draw a picture as it is, and as it becomes where each unit answers more to it.

    units: for whom to change the picture; a class is a unit, `logits:tiger cat`; a minus at the end lowers the unit
    image: the picture: a file beside the article, or an image of the data set by number or name
    dataset: where the picture comes from that is no file
    objective: the position that answers most to the picture, or the whole channel
    keep: what it costs to leave the picture; 0 lets it go, large numbers hardly change it
    keep_layer: the layer that says how far the picture was left; empty for the one halfway to the units
    steps: how many steps to climb
    seed: how the picture is moved about while it is climbed on
    """
    seen = accented_picture.of(
        models.load(model), datasets.load(dataset), image, units, objective=objective, keep=keep,
        keep_layer=keep_layer, steps=steps, seed=seed,
    )  # fmt: skip
    said = words.feature_accentuation(seen)
    return said.artifact([accents.draw(seen, tile=tile, alt_text=said.alt)], Table.of(seen.columns(), decimals=None))
