"""Does a unit that answers to curves also answer to angles, and what happens as their corner is rounded?"""

from __future__ import annotations

from typing import Annotated

from figures.artifact import Artifact, Table
from figures.charts import heatmap, panels
from figures.methods import datasets, models, sigma, stimulus_looks, stimulus_tuning
from figures.parameters import Dataset, Model, Orientations, Row, Units
from figures.ranges import Between
from figures.registry import figure
from figures.words import stimuli as words
from figures.words.sigma import symbol


@figure("angle-to-curve", control=True)
def angle_to_curve(
    *,
    units: Units,
    model: Model = "glyphs",
    dataset: Dataset = "glyphs:6000",
    steps: Annotated[int, Between(2, 6)] = 4,
    orientations: Orientations = 120,
    row: Row = 6.0,
    zoom: bool = True,
) -> Artifact:
    """Draw strips of responses for angles, for angles with ever rounder corners, and for arcs, with one scale.

    units: whose responses to draw
    dataset: the images over which the standard deviation of a unit's activations is taken
    steps: how many shapes from the sharp corner to the arc, 2 to 6
    orientations: how many directions to try, evenly spaced
    row: height of one opening angle in pixels
    """
    network = models.load(model)
    scale = sigma.of(network, datasets.load(dataset), units)
    stages = stimulus_tuning.stages(steps)
    seen = [stimulus_tuning.of(network, units, each, orientations=orientations, sigma=scale) for each in stages]
    strips = [
        panels.strips(each, stimulus_looks.along(network, each), stimulus_looks.looks(network, each)) for each in seen
    ]
    best = panels.ideals(stimulus_looks.ideals(network, units, orientations)) if zoom else ()
    said = words.angle_to_curve(seen, scale, stimulus_tuning.gains(seen[0], seen[-1]))
    chart = heatmap.draw(
        strips, units, name="angle-to-curve", alt_text=said.alt, ideals=best, row_px=row, unit=symbol(scale)
    )
    return said.artifact([chart], Table.of(stimulus_tuning.columns(seen), decimals=3))
