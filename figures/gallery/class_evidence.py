"""Where in a picture is the evidence for a class?

Networks that end in a mean over places let each place vote; where places see patches, a vote is all about its patch.
"""

from __future__ import annotations

from typing import Annotated

from figures.artifact import Artifact, Table
from figures.charts import evidence_maps
from figures.methods import datasets
from figures.methods import models as networks
from figures.methods.evidence import evidence
from figures.parameters import Dataset, Models, Phrases, Picture, Side
from figures.ranges import Length
from figures.registry import figure
from figures.words import evidence as words


@figure("class-evidence")
def class_evidence(
    *,
    image: Picture = "0",
    models: Annotated[Models, Length(1, 8)] = ("glyphs-bag-9", "glyphs-bag-17", "glyphs-bag-33", "glyphs"),
    dataset: Dataset = "glyphs",
    classes: Annotated[Phrases, Length(0, 6)] = (),
    tile: Side = 128,
) -> Artifact:
    """Draw a picture beside maps of what each place of it says for a class, one map for each network.

    image: the picture: a file beside the article, or an image of the data set by number or name
    models: the networks, each after a mean over places and one linear layer
    dataset: where the picture comes from that is no file
    classes: what places are asked for: tabby, shape:star; by default the likeliest of the last network's heads
    """
    seen = evidence.of([networks.load(name) for name in models], datasets.load(dataset), image, classes)
    said = words.class_evidence(seen)
    return said.artifact(evidence_maps.draw(seen, tile=tile, alt_text=said.alt), Table.of(seen.columns()))
