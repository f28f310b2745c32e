"""What do the classes of a network owe to some of its units?

The units are taken out, or pushed along, while the network runs; beside them random sets of as many others.
"""

from __future__ import annotations

from typing import Annotated, Literal

from figures.artifact import Artifact, Table
from figures.charts import ablation as charts
from figures.methods import datasets, models
from figures.methods.ablation import ablated
from figures.parameters import Dataset, Head, Layer, Model, Picture, Seed, Units
from figures.ranges import Between
from figures.registry import figure
from figures.words import ablation as words


@figure("ablation")
def ablation(
    *,
    units: Units = (),
    layer: Layer = "",
    rule: Literal["strict", "lenient", "tuned"] = "strict",
    model: Model = "glyphs",
    dataset: Dataset = "glyphs:6000",
    images: Annotated[int, Between(2, 1_000_000)] = 160,
    image: Picture = "",
    head: Head = "",
    to: Literal["zero", "mean"] = "zero",
    push: Annotated[float, Between(0, 100)] = 0.0,
    random: Annotated[int, Between(2, 500)] = 20,
    change: Literal["logit", "probability", "accuracy"] = "logit",
    classes: Annotated[int, Between(1, 40)] = 12,
    seed: Seed = 0,
) -> Artifact:
    """Draw what a set of units does to the classes that it changes most, among random sets of as many units.

    units: the set, of one layer
    layer: without units, the layer whose curve detectors are the set
    rule: what a unit must meet to count as a curve detector
    dataset: where the images come from over which changes are averaged
    images: how many images of it, chosen at random
    image: instead of them, one picture: a file beside the article, or an image of the data set by number or name
    to: what the units are held at while the network runs: zero, or their mean over the images
    push: instead, by how many of its standard deviations each unit is raised everywhere
    random: how many random sets of other units of the layer stand beside
    change: what is drawn of a class: its logit, its probability, or the share of its images that are given it
    classes: how many classes are drawn
    seed: what the images and the random sets are chosen by
    """
    seen = ablated.of(
        models.load(model), datasets.load(dataset), units, layer=layer, rule=rule, image=image, images=images,
        head=head, edit=to, push=push, random=random, seed=seed, change=change,
    )  # fmt: skip
    said = words.ablation(seen, classes)
    parts = [charts.draw(seen, count=classes, done=words.done(seen), alt_text=said.alt)]
    if push:
        parts += charts.doses(seen, count=classes, alt_text=said.alt)
    return said.artifact(parts, Table.of(seen.columns(), decimals=None))
