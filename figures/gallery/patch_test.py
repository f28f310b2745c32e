"""Does a patch that speaks for another class change what the network sees?

A crop that a comparison of two classes puts furthest to one side, pasted onto pictures of the other.
"""

from __future__ import annotations

from typing import Annotated, Literal

from figures.artifact import Artifact, Table
from figures.charts import patch_test as charts
from figures.methods import datasets, models
from figures.methods.comparison import patch_test as tests
from figures.parameters import Classes, Dataset, Head, Layer, Model, Picture, Pictures, Seed, Side
from figures.ranges import Between, Length
from figures.registry import figure
from figures.words import patch_test as words


@figure("patch-test")
def patch_test(
    *,
    classes: Annotated[Classes, Length(2, 2)],
    layer: Layer,
    model: Model = "efficientnet-lite0",
    dataset: Dataset = "photographs",
    head: Head = "",
    images: Pictures = (),
    patch: Picture = "",
    corners: Annotated[
        tuple[Literal["upper-left", "upper-right", "lower-left", "lower-right", "centre"], ...], Length(1, 5)
    ] = ("upper-left", "upper-right", "lower-left", "lower-right", "centre"),
    patch_share: Annotated[float, Between(0.05, 0.9)] = 0.25,
    count: Annotated[int, Between(1, 64)] = 12,
    controls: Annotated[int, Between(0, 16)] = 4,
    positions: Annotated[int, Between(50, 20_000)] = 1000,
    rows: Annotated[int, Between(1, 64)] = 4,
    seed: Seed = 0,
    tile: Side = 104,
) -> Artifact:
    """Draw pictures of one class with a patch that speaks for another, and how often the network is taken in.

    classes: what the pictures are of, and what the patch should make of them: tabby, espresso
    layer: where places of the data set are compared to find the patch
    images: the pictures; by default those of the data set with the first class as their label, else as their answer
    patch: the patch, a file or an image of the data set; by default the crop that adds most to the second class
    corners: where the patch is pasted, one after the other
    patch_share: the side of the patch as a share of the picture's
    count: how many pictures of the data set at most
    controls: how many random crops are tried for comparison
    positions: about how many places are compared to find the patch
    rows: how many of the pictures are drawn
    seed: draws the places and the random crops
    """
    network = models.load(model)
    recipe = tests.Recipe(count, corners, patch_share, controls, positions, seed)
    seen = tests.of(
        network, datasets.load(dataset), layer, classes, head=head, images=images, patch=patch, recipe=recipe
    )
    said = words.patch_test(seen)
    sheets = charts.pictures(seen, tests.pictures_with_patch(seen, rows), rows, tile=tile, alt_text=said.alt)
    return said.artifact([*sheets, charts.rates(seen, alt_text=said.alt)], Table.of(seen.columns()))
