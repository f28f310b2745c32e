"""Do strokes across a curve make curve detectors answer more, or less?"""

from __future__ import annotations

from typing import Annotated

from figures.artifact import Artifact, Table
from figures.charts import combing as charts
from figures.methods import combing as methods
from figures.methods import datasets, models, sigma
from figures.parameters import Dataset, Model, Orientations, Units
from figures.ranges import Between, Length
from figures.registry import figure
from figures.words import combing as words
from figures.words.sigma import symbol

ICON_PX = 96


@figure("combing", control=True)
def combing(
    *,
    units: Units,
    model: Model = "glyphs",
    dataset: Dataset = "glyphs:6000",
    lengths_px: Annotated[tuple[float, ...], Between(0, 1000), Length(1, 32)] | None = None,
    spacings_px: Annotated[tuple[float, ...], Between(1, 1000), Length(1, 32)] | None = None,
    orientations: Orientations = 720,
) -> Artifact:
    """Draw how the response to an arc changes as strokes cross it, by their length and the distance between them.

    units: whose responses to draw
    dataset: the images over which the standard deviation of a unit's activations is taken
    lengths_px: how far the strokes stand out on both sides, in pixels; by default six that suit the layer
    spacings_px: distances between strokes along the arc, in pixels; by default four that suit the layer
    orientations: how many directions of bulge to try to find each unit's arc, evenly spaced
    """
    network = models.load(model)
    scale = sigma.of(network, datasets.load(dataset), units)
    options = {"lengths_px": lengths_px, "spacings_px": spacings_px, "orientations": orientations}
    seen = methods.of(network, units, scale, **options)
    said, strokes = words.combing(seen, scale), methods.pictures(network, seen, side_px=ICON_PX)
    chart = charts.draw(seen, strokes, unit=symbol(scale), alt_text=said.alt)
    return said.artifact([chart], Table.of(seen.columns(), decimals=3))
