"""How does a heatmap of a unit's responses to synthetic stimuli come about?"""

from __future__ import annotations

from figures.artifact import Artifact, Table
from figures.charts import outlines
from figures.charts import stimulus_grid as charts
from figures.methods import datasets, models, sigma, stimulus_looks, stimulus_tuning
from figures.parameters import Dataset, Families, Model, Unit
from figures.registry import figure
from figures.words import stimuli as words


@figure("stimulus-grid", control=True)
def stimulus_grid(
    *,
    unit: Unit,
    model: Model = "glyphs",
    dataset: Dataset = "glyphs:6000",
    family: Families = ("arcs",),
    columns: int = 30,
    orientations: int = 720,
    radii_px: tuple[float, ...] | None = None,
) -> Artifact:
    """Draw a grid of stimuli, the same grid as strong as the unit's response, and the response alone.

    unit: whose responses to draw
    model: the network
    dataset: the images over which the standard deviation of the unit's activations is taken
    family: the stimuli: `arcs`, `filled`, `coloured`, `angles`, `rounded`, `lines`, `combs`, or one of the site's own
    columns: how many orientations to draw; a divisor of `orientations`
    orientations: how many orientations are tried to find where the unit looks, evenly spaced
    radii_px: the arcs' radii in pixels, where the family has radii; by default eight that suit the layer
    """
    if columns < 4 or orientations % columns:
        raise ValueError(f"columns {columns}; expected at least 4, and a divisor of orientations {orientations}")
    if len(family) != 1:
        raise ValueError(f"family {', '.join(family)}; expected one family of stimuli")
    network = models.load(model)
    scale, shown = sigma.of(network, datasets.load(dataset), (unit,)), stimulus_tuning.named(family[0], radii_px)
    seen = stimulus_tuning.of(network, (unit,), shown, orientations=orientations, sigma=scale)
    drawn = seen.every(orientations // columns)
    said = words.grid(drawn, seen, scale)
    look = outlines.look(stimulus_looks.looks(network, seen))
    chart = charts.draw(
        drawn.rectified[0], seen.value[0].tolist(), look, second=shown.second, unit=shown.unit, alt_text=said.alt
    )
    return said.artifact([chart], Table.of(stimulus_tuning.grid(drawn), decimals=3))
