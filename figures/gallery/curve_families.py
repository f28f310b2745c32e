"""Which layers hold families of curve units, and how cleanly is each tuned?

Radials of several layers side by side. In early layers units answer the opposite direction too: an echo.
"""

from __future__ import annotations

from typing import Annotated, Literal

from figures.artifact import Artifact, Table
from figures.charts import curve_families as charts
from figures.methods import curve_families as methods
from figures.methods import datasets, models
from figures.parameters import Dataset, Layers, Model, Side, Units
from figures.ranges import Between
from figures.registry import figure
from figures.words import curve_families as words


@figure("curve-families", control=True)
def curve_families(
    *,
    model: Model = "glyphs",
    dataset: Dataset = "glyphs:6000",
    layers: Layers = (),
    units: Units = (),
    rule: Literal["tuned", "lenient", "strict"] = "tuned",
    most: Annotated[int, Between(1, 200)] = 12,
    normalise: Literal["none", "unit"] = "none",
    size: Side = 228,
    multiples: bool = False,
) -> Artifact:
    """Draw the arc-tuned units of several layers as radials side by side, with a summary of each layer.

    dataset: the images that tell how strongly a unit can respond
    layers: which layers; by default all main ones with maps that have such units
    units: the families themselves, instead of units found by the rule
    rule: what a unit must meet to be found: one lobe (strict, lenient), or any tuning to arcs
    most: how many units of a layer to draw, spread over the circle; the summary is of all that were found
    normalise: whether the lobes of a layer share one scale, or each has its own
    size: diameter of a radial in pixels
    control: draw the same of the network before training beside it, its units found anew
    """
    network, data = models.load(model), datasets.load(dataset)
    searched = [network.layer(layer) for layer in layers] or methods.main_layers(network)
    families = (
        methods.of_units(network, data, units)
        if units
        else [methods.curve_family(network, data, layer, rule, most) for layer in searched]
    )
    drawn = [family for family in families if len(family.units) or layers]
    said = words.curve_families(network.name, families, drawn, rule, most, given=bool(units))
    own = normalise == "unit"
    parts = [charts.draw(drawn, size=size, normalise=own)] if drawn else []
    if multiples:
        parts += [charts.multiples(family, normalise=own) for family in drawn if len(family.units)]
    return said.artifact(parts, Table.of(methods.columns(families)))
