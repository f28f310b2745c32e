"""How much of a picture must a network see at once?

Networks that see patches by themselves: how often they are right by the patch's size, and what patches of one
picture say.
"""

from __future__ import annotations

from typing import Annotated

from figures.artifact import Artifact, Table
from figures.charts import evidence_maps, field_accuracy
from figures.methods import datasets
from figures.methods import models as networks
from figures.methods.evidence import bag
from figures.parameters import Dataset, Models, Phrases, Picture, Side
from figures.ranges import Length
from figures.registry import figure
from figures.words import evidence as words


@figure("bag-of-features")
def bag_of_features(
    *,
    models: Annotated[Models, Length(1, 8)] = ("glyphs-bag-9", "glyphs-bag-17", "glyphs-bag-33", "glyphs"),
    dataset: Dataset = "glyphs:1000",
    image: Picture = "0",
    classes: Annotated[Phrases, Length(0, 6)] = (),
    tile: Side = 128,
) -> Artifact:
    """Draw accuracy against what places of networks see, above maps of what places of one picture say for classes.

    models: the networks, each after a mean over places and one linear layer
    dataset: whose images are answered; their labels must be classes of the networks
    image: the picture beneath: a file beside the article, or an image of the data set by number or name
    classes: what places are asked for: star, texture:rings; by default the likeliest of the last network's heads
    """
    seen = bag.of([networks.load(name) for name in models], datasets.load(dataset), image, classes)
    said = words.bag_of_features(seen)
    maps = evidence_maps.draw(seen.strip, tile=tile, alt_text=said.alt)
    return said.artifact([field_accuracy.draw(seen, alt_text=said.alt), *maps], Table.of(seen.columns()))
