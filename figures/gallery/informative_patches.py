"""Which patches make a class?

The places of a data set's images that say most for it, by what they see.
"""

from __future__ import annotations

from typing import Annotated

from figures.artifact import Artifact, Table
from figures.charts import class_patches
from figures.methods import datasets, models
from figures.methods.evidence import patches
from figures.parameters import Classes, Dataset, Head, Model, Side
from figures.ranges import Between, Length
from figures.registry import figure
from figures.words import evidence as words


@figure("informative-patches")
def informative_patches(
    *,
    model: Model = "glyphs-bag-17",
    dataset: Dataset = "glyphs:2000",
    head: Head = "",
    classes: Annotated[Classes, Length(0, 24)] = (),
    count: Annotated[int, Between(1, 32)] = 8,
    tile: Side = 64,
) -> Artifact:
    """Draw the patches of a data set that say most for each of some classes.

    classes: which classes, by name; by default the first six of the head
    count: how many patches of each class, no two of one image
    """
    seen = patches.of(models.load(model), datasets.load(dataset), classes, count, head=head)
    said = words.informative_patches(seen)
    return said.artifact(class_patches.draw(seen, tile=tile), Table.of(seen.columns()))
