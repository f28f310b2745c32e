"""How does a heatmap of a unit's responses to synthetic stimuli come about?"""

from __future__ import annotations

from typing import Annotated

from figures.artifact import Artifact, Table
from figures.charts import outlines
from figures.charts import stimulus_grid as charts
from figures.methods import datasets, models, sigma, stimulus_looks, stimulus_tuning
from figures.parameters import Dataset, Families, Model, Orientations, Radii, Unit
from figures.ranges import Between, Length
from figures.registry import figure
from figures.words import stimuli as words
from figures.words.sigma import symbol


@figure("stimulus-grid", control=True)
def stimulus_grid(
    *,
    unit: Unit,
    model: Model = "glyphs",
    dataset: Dataset = "glyphs:6000",
    family: Annotated[Families, Length(1, 1)] = ("arcs",),
    columns: Annotated[int, Between(4, 360)] = 30,
    orientations: Orientations = 720,
    radii_px: Radii | None = None,
) -> Artifact:
    """Draw a grid of stimuli, the same grid as strong as the unit's response, and the response alone.

    unit: whose responses to draw
    dataset: the images over which the standard deviation of the unit's activations is taken
    family: the stimuli: `arcs`, `filled`, `coloured`, `angles`, `rounded`, `lines`, `combs`, or one of the site's own
    columns: how many orientations to draw; a divisor of `orientations`
    orientations: how many orientations are tried to find where the unit looks, evenly spaced
    radii_px: the arcs' radii in pixels, where the family has radii; by default eight that suit the layer
    """
    if orientations % columns:
        raise ValueError(f"columns {columns}; expected a divisor of orientations {orientations}")
    network = models.load(model)
    scale, shown = sigma.of(network, datasets.load(dataset), (unit,)), stimulus_tuning.named(family[0], radii_px)
    seen = stimulus_tuning.of(network, (unit,), shown, orientations=orientations, sigma=scale)
    drawn = seen.every(orientations // columns)
    said = words.grid(drawn, seen, scale)
    look = outlines.look(stimulus_looks.looks(network, seen))
    chart = charts.draw(
        drawn.rectified[0], seen.value[0].tolist(), look, second=shown.second, unit=shown.unit, scale=symbol(scale),
        alt_text=said.alt,
    )  # fmt: skip
    return said.artifact([chart], Table.of(stimulus_tuning.grid(drawn), decimals=3))
