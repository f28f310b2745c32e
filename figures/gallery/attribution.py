"""Why does a crop drive a unit?

Below each crop, a picture of what the layer before contributed to the unit there, in its place.
"""

from __future__ import annotations

from typing import Literal

from figures.artifact import Artifact, Table
from figures.charts import pairs
from figures.control import with_control
from figures.methods import asked_images, chosen_crops, datasets, explained_crops, models, scan
from figures.methods.contributions import source_layer
from figures.parameters import Count, Dataset, Layer, Model, Pictures, Seed, Side, Unit
from figures.registry import figure
from figures.words import attribution as words


@figure("attribution")
def attribution(
    *,
    unit: Unit,
    model: Model = "glyphs",
    dataset: Dataset = "glyphs:6000",
    count: Count = 8,
    choose: Literal["strongest", "firing", "random"] = "strongest",
    images: Pictures = (),
    layer: Layer = "",
    signed: bool = False,
    seed: Seed = 0,
    control: bool = False,
    tile: Side = 84,
) -> Artifact:
    """Draw crops that a unit sees, each above a picture of what in the layer before moves the unit.

    unit: the unit that is explained; with a minus, what lowers it
    dataset: where the crops come from
    count: how many crops, at most 16
    choose: the strongest crops, or crops at random among those that the unit fires for, or among all
    images: instead, these pictures, each where the unit answers most: files, or images of the data set
    layer: the layer whose contributions are drawn; empty for the one before
    seed: where the pictures start from, and which crops are drawn at random
    control: draw the same crops of the same network before training beside it
    """
    network, data = models.load(model), datasets.load(dataset)
    target = network.unit(unit)
    source = source_layer(network, target, layer)
    seen = None if images else scan.of(network, data, target.layer)
    if seen is None:
        data, numbers = asked_images.numbered(network, data, images)
        places = chosen_crops.of_images(network, data, target, numbers)
    else:
        places = chosen_crops.of_scan(seen, target, choose, count, seed)

    def drawn(shown: models.Model) -> Artifact:
        explained = explained_crops.of(shown, data, target, places, layer=source, signed=signed, seed=seed)
        chosen = "same" if shown is not network else "images" if images else choose
        said = words.attribution(explained, chosen, seen)
        return said.artifact(pairs.draw(explained, tile=tile), Table.of(explained.columns(), decimals=None))

    return with_control(drawn, network, control)
