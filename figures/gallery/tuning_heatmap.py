"""How does a unit's response depend on both the orientation and the shape of a stimulus?

Stimuli are arcs by orientation and curvature, the same arcs filled or coloured, angles by their opening, or any
family that a script of the site registers. A click on a cell shows its stimulus.
"""

from __future__ import annotations

from figures.artifact import Artifact, Table
from figures.charts import heatmap, panels
from figures.methods import datasets, models, sigma, stimulus_looks, stimulus_tuning
from figures.parameters import Dataset, Families, Model, Orientations, Radii, Row, Units
from figures.registry import figure
from figures.words import stimuli as words
from figures.words.sigma import symbol


@figure("tuning-heatmap", control=True)
def tuning_heatmap(
    *,
    units: Units,
    model: Model = "glyphs",
    dataset: Dataset = "glyphs:6000",
    families: Families = ("arcs",),
    orientations: Orientations = 720,
    radii_px: Radii | None = None,
    row: Row = 6.0,
    zoom: bool = True,
) -> Artifact:
    """Draw one strip a unit: orientation to the right, curvature down, colour the response.

    units: whose responses to draw
    dataset: the images over which the standard deviation of a unit's activations is taken
    families: the stimuli, side by side with one scale: `arcs`, `filled`, `coloured`, `angles`, `rounded`, `lines`,
        `combs`, or one that a script of the site registers
    radii_px: the arcs' radii in pixels, where a family has radii; by default eight that suit the layer
    row: height of one radius in pixels
    """
    network = models.load(model)
    scale = sigma.of(network, datasets.load(dataset), units)
    shown = [stimulus_tuning.named(name, radii_px) for name in families]
    seen = [stimulus_tuning.of(network, units, each, orientations=orientations, sigma=scale) for each in shown]
    strips = [
        panels.strips(each, stimulus_looks.along(network, each), stimulus_looks.looks(network, each)) for each in seen
    ]
    best = panels.ideals(stimulus_looks.ideals(network, units, orientations)) if zoom else ()
    said = words.heatmap(seen, scale)
    chart = heatmap.draw(
        strips, units, name="tuning-heatmap", alt_text=said.alt, ideals=best, row_px=row, unit=symbol(scale)
    )
    return said.artifact([chart], Table.of(stimulus_tuning.columns(seen), decimals=3))
