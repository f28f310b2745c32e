"""How many units of a layer are curve detectors, and do they share out the circle?

A rule with fixed thresholds looks at every unit; the same network before training is the control.
"""

from __future__ import annotations

from figures.artifact import Artifact, Table
from figures.charts import curve_units as charts
from figures.methods import curve_families, datasets, models
from figures.parameters import Dataset, Layer, Model
from figures.registry import figure
from figures.words import curve_families as words


@figure("curve-units")
def curve_units(
    *, layer: Layer, model: Model = "glyphs", dataset: Dataset = "glyphs:6000", control: bool = True
) -> Artifact:
    """Draw the units of a layer that meet the rule for curve detectors, by direction and width.

    layer: the layer whose units are looked at
    dataset: the images that tell how strongly a unit can respond
    control: draw the same network before training beside it, unless its weights are random already
    """
    data, network = datasets.load(dataset), models.load(model)
    networks = [network, models.untrained(network)] if control and not network.random else [network]
    families = [curve_families.curve_family(each, data, layer) for each in networks]
    said = words.curve_units(*families)
    chart = charts.draw(families, alt_text=said.alt)
    exact = {"preferred_deg": None, "half_width_deg": None}
    return said.artifact([chart], Table.of(curve_families.listed(families), decimals=exact))
