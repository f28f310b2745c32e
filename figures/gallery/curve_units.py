"""How many units of a layer are curve detectors, and do they share out the circle?

A rule with fixed thresholds looks at every unit; the same network before training is the control.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from figures.artifact import Artifact, Table
from figures.charts import curve_units as charts
from figures.charts import vega
from figures.methods import curve_families, curves, datasets, models
from figures.methods.curve_families import curve_family
from figures.methods.layers import rectified
from figures.parameters import Dataset, Layer, Model
from figures.registry import figure

NOTE = (
    "A unit counts if its mean response to arcs has one lobe, less than 30 % of its peak at the opposite direction, "
    "a half-width of 12 to 75 degrees, agrees over at least 5 of 6 colour pairs and 3 of 6 radii, and exceeds its "
    "response to straight lines."
)


@figure("curve-units")
def curve_units(
    *, layer: Layer, model: Model = "glyphs", dataset: Dataset = "glyphs:6000", control: bool = True
) -> Artifact:
    """Draw the units of a layer that meet the rule for curve detectors, by direction and width.

    layer: the layer whose units are looked at
    dataset: the images that tell how strongly a unit can respond
    control: draw the same network before training beside it, unless its weights are random already
    """
    data, networks = datasets.load(dataset), [models.load(model)]
    trained, control = networks[0], control and not networks[0].random
    networks += [models.untrained(trained)] if control else []
    found = {one.name: curve_family(one, data, layer) for one in networks}
    rows = [(name, *row) for name, family in found.items() for row in _rows(layer, family)]
    values = _values(found[trained.name], found[networks[1].name] if control else None, trained.size(layer))
    alt = _alt(layer, model, values, control)
    names = [f"{name}: {len(family['unit'])} of {values['of']}" for name, family in found.items()]
    titled = dict(zip(found, names, strict=True))
    drawing = charts.curve_units([(titled[name], *rest) for name, *rest in rows], names)
    chart = vega.chart(drawing, name="curve-units", alt=alt, pointed=charts.pointed(names))
    table = Table(("network", "unit", "preferred_deg", "half_width_deg"), tuple(rows))
    return Artifact(alt, (chart,), table, values, (NOTE, *_notes(trained, layer)))


def _notes(network: models.Model, layer: str) -> Iterator[str]:
    scale = curve_families.scale(network, layer)
    if scale != 1:
        low, high = (radius * scale for radius in (curves.RADII_PX[0], curves.RADII_PX[-1]))
        yield f"Arcs are scaled to what a unit of {layer} sees: radii from {low:.0f} to {high:.0f} px."
    if not rectified(network, layer):
        yield f"{layer} does not end in a rectifier; responses below zero count as none."


def _rows(layer: str, family: Mapping[str, np.ndarray]) -> list[tuple[str, float, float]]:
    columns = (family["unit"], family["preferred_deg"], family["half_width_deg"])
    return [(f"{layer}:{unit}", float(angle), float(half)) for unit, angle, half in zip(*columns, strict=True)]


def _values(family: Mapping[str, np.ndarray], control: Mapping[str, np.ndarray] | None, of: int) -> dict[str, object]:
    """Count the units, the eighths of the circle that have one, and the control's units."""
    eighths = {int(angle % 360 // charts.BIN_DEG) for angle in family["preferred_deg"]}
    values: dict[str, object] = {"count": len(family["unit"]), "of": of, "eighths": len(eighths)}
    if control is not None:
        values["control_count"] = len(control["unit"])
    if len(family["unit"]):
        half = family["half_width_deg"]
        values |= {
            "median_half_width_deg": float(np.median(half)),
            "min_half_width_deg": float(half.min()),
            "max_half_width_deg": float(half.max()),
        }
    return values


def _alt(layer: str, model: str, values: Mapping[str, object], control: bool) -> str:
    before = f"; before training {values['control_count']} do" if control else ""
    return (
        f"Of the {values['of']} units of {layer} of {model}, {values['count']} meet the rule for curve detectors"
        f"{before}. Marks show the direction each prefers and its half-width; {values['eighths']} of the eight "
        "45-degree ranges have one."
    )
