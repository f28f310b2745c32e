"""What is a unit composed of?

From a class down to the first layer: the units that add most to it, and those that add most to them.
"""

from __future__ import annotations

from typing import Annotated

from figures.artifact import Artifact, Table
from figures.charts import hierarchy as charts
from figures.methods import datasets, models
from figures.methods.walks import descent
from figures.methods.walks.plan import plan
from figures.parameters import Dataset, Layers, Model, Phrases, Picture, Seed, Unit, Units
from figures.ranges import Between
from figures.registry import figure
from figures.words import hierarchy as words


@figure("unit-hierarchy")
def unit_hierarchy(
    *,
    unit: Unit,
    image: Picture,
    model: Model = "efficientnet-lite0",
    dataset: Dataset = "photographs",
    layers: Layers = (),
    children: Annotated[int, Between(1, 8)] = 5,
    expand: Annotated[int, Between(0, 4)] = 1,
    keep: Units = (),
    discard: Units = (),
    captions: Phrases = (),
    patches: Annotated[int, Between(0, 4)] = 4,
    seed: Seed = 0,
) -> Artifact:
    """Draw a tree of units, each above those of a lower layer that add most to it in a picture.

    unit: where the tree begins: a class by its logit, `logits:tabby`, or another unit where it answers most
    image: the picture: a file beside the article, or an image of the data set by number or name
    dataset: where the picture comes from that is no file, and where the patches of units come from
    layers: the layers to go through, from top to bottom; by default six of the network's, evenly spaced
    children: how many units of each lower layer are shown
    expand: how many are gone on from in each layer: those that add and reach the top most, before what takes away
    keep: units that are marked, and gone on from down to the last layer whatever they weigh
    discard: units that are set apart, and never gone on from
    captions: what units are called: `block11:70 = fur, block8:12 = eye`
    patches: how many crops of the data set are shown of each unit; 0 for none, which saves a pass over it
    """
    network, data = models.load(model), datasets.load(dataset)
    asked = plan(network, children=children, expand=expand, keep=keep, discard=discard, captions=captions)
    seen = descent.of(network, data, image, unit, asked, layers=layers, patches=patches)
    said = words.hierarchy(seen)
    return said.artifact([charts.draw(seen, alt_text=said.alt)], Table.of(seen.columns(), decimals=None))
