"""Which layers hold families of curve units, and how cleanly is each tuned?

Radials of several layers side by side. In early layers units answer the opposite direction too: an echo.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

import numpy as np

from figures.artifact import Artifact, Table
from figures.charts import radial_rows
from figures.control import with_control
from figures.methods import curves, datasets, finding, models, tuning_curves
from figures.methods.datasets import Dataset as Data
from figures.methods.layers import rectified
from figures.methods.models import Model as Network
from figures.parameters import Dataset, Model, Side, Units
from figures.ranges import Between
from figures.registry import figure

COLUMNS = (
    "layer", "units", "of", "drawn", "median_width_deg", "median_echo", "max_echo", "median_resultant",
    "largest_gap_deg",
)  # fmt: skip
PAGE_PX = 720
RULES = {
    "strict": "meet the rule for curve detectors",
    "lenient": "meet the lenient rule for curve detectors",
    "tuned": "are tuned to arcs rather than lines, echoes allowed",
}


@figure("curve-families")
def curve_families(
    *,
    model: Model = "glyphs",
    dataset: Dataset = "glyphs:6000",
    layers: tuple[str, ...] = (),
    units: Units = (),
    rule: Literal["tuned", "lenient", "strict"] = "tuned",
    most: Annotated[int, Between(1, 200)] = 12,
    normalise: Literal["none", "unit"] = "none",
    size: Side = 228,
    multiples: bool = False,
    control: bool = False,
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
    options = Drawing(tuple(layers), tuple(units), rule, most, normalise == "unit", size, multiples)
    return with_control(lambda one: draw(one, data, options), network, control)


@dataclass(frozen=True)
class Drawing:
    """The options of the figure, as `curve_families` names them."""

    layers: tuple[str, ...]
    units: tuple[str, ...]
    rule: str
    most: int
    normalise: bool
    size: int
    multiples: bool


@dataclass(frozen=True)
class Family:
    """A layer's units: all that belong to it, those that are drawn, and what was measured of the whole layer."""

    layer: str
    found: Mapping[str, np.ndarray]
    units: np.ndarray
    drawn: np.ndarray

    @property
    def names(self) -> tuple[str, ...]:
        """The units that are drawn."""
        return tuple(f"{self.layer}:{unit}" for unit in self.drawn)


def draw(network: Network, data: Data, options: Drawing) -> Artifact:
    """Draw the figure of one network."""
    searched = _layers(network, options)
    families = [_family(network, data, layer, options) for layer in searched]
    kept = [family for family in families if len(family.units) or options.layers]
    parts = [_radials(network, kept, options)] if kept else []
    if options.multiples:
        parts += [_multiples(family, options) for family in kept if len(family.units)]
    rows = [_row(network, family) for family in families]
    return Artifact(
        _alt(network, rows, options), tuple(parts), Table(COLUMNS, tuple(rows)), _values(rows),
        tuple(_notes(network, kept, options)),
    )  # fmt: skip


def _layers(network: Network, options: Drawing) -> list[str]:
    """List the layers to look through. Raises ValueError with the nearest name."""
    if options.units:
        return list(dict.fromkeys(network.unit(unit).layer for unit in options.units))
    if options.layers:
        return [network.layer(layer) for layer in options.layers]
    return [layer for layer in network.main if network.part(layer).height > 1]


def _family(network: Network, data: Data, layer: str, options: Drawing) -> Family:
    found = finding.curve_tuning(network, data, layer)
    if options.units:
        wanted = [network.unit(unit) for unit in options.units]
        units = np.array([one.index for one in dict.fromkeys(wanted) if one.layer == layer], dtype=int)
        return Family(layer, found, units, units)
    return Family(layer, found, finding.chosen(found, options.rule), finding.chosen(found, options.rule, options.most))


def _radials(network: Network, families: Sequence[Family], options: Drawing):
    rings = [_ring(network, family) for family in families]
    columns = max(1, PAGE_PX // options.size)
    alt = f"A radial for each of {', '.join(family.layer for family in families)}."
    return radial_rows.draw(
        rings, size=options.size, columns=columns, normalise=options.normalise, name="curve-families", alt_text=alt
    )


def _ring(network: Network, family: Family) -> radial_rows.Ring:
    angles, curve = (
        family.found["preferred_deg"][family.drawn],
        tuning_curves.rectify(family.found["curve"][family.drawn]),
    )
    of = network.size(family.layer)
    lines = (f"{family.layer}: {len(family.units)} of {of} units", *_line(family))
    return radial_rows.Ring(curve, angles, family.names, lines)


def _line(family: Family) -> Iterator[str]:
    if not len(family.units):
        yield "none is tuned"
        return
    echo, width = (np.nanmedian(column[family.units]) for column in (family.found["echo"], _width(family.found)))
    yield f"median width {width:.0f}°, echo {echo:.2f}"


def _multiples(family: Family, options: Drawing):
    angles, curve = (
        family.found["preferred_deg"][family.drawn],
        tuning_curves.rectify(family.found["curve"][family.drawn]),
    )
    return radial_rows.each(curve, angles, family.names, normalise=options.normalise)


def _width(found: Mapping[str, np.ndarray]) -> np.ndarray:
    return 2 * found["half_width_deg"]


def _row(network: Network, family: Family) -> tuple[object, ...]:
    of, known = network.size(family.layer), family.units
    head = (family.layer, len(known), of, len(family.drawn))
    if not len(known):
        return (*head, None, None, None, None, None)
    width, echo = _width(family.found)[known], family.found["echo"][known]
    numbers = (np.median(width), np.nanmedian(echo), np.nanmax(echo), np.nanmedian(family.found["resultant"][known]),
               tuning_curves.largest_gap_deg(family.found["preferred_deg"][known]))  # fmt: skip
    return (*head, *(round(float(number), 4) for number in numbers))


def _values(rows: Sequence[tuple[object, ...]]) -> dict[str, float | int | str]:
    """Quote each layer's numbers under its name, dots and all else but letters and digits as `_`."""
    full = [row for row in rows if row[1]]
    values: dict[str, float | int | str] = {"layers": len(full), "units": sum(int(row[1]) for row in full)}
    for layer, units, _, _, width, echo, _, resultant, _ in full:
        key = "".join(letter if letter.isalnum() else "_" for letter in str(layer))
        values |= {f"{key}_units": units, f"{key}_width_deg": width, f"{key}_echo": echo, f"{key}_resultant": resultant}
    return values


def _alt(network: Network, rows: Sequence[tuple[object, ...]], options: Drawing) -> str:
    full = [row for row in rows if row[1]]
    if not full:
        return f"No unit of {', '.join(str(row[0]) for row in rows)} of {network.name} is tuned to arcs by the rule."
    told = "; ".join(
        f"{row[0]} {row[1]} of {row[2]}, median echo {row[5]:.2f}, width {row[4]:.0f} degrees" for row in full
    )
    which = "the units chosen" if options.units else f"units that {RULES[options.rule]}"
    return f"Radial tuning curves of {which}, for each layer of {network.name} that has some: {told}."


def _notes(network: Network, families: Sequence[Family], options: Drawing) -> Iterator[str]:
    if not options.units:
        yield f"Units that {RULES[options.rule]}; drawn are at most {options.most} of a layer, spread over the circle."
    for family in families:
        low, high = (
            radius * finding.scale(network, family.layer) for radius in (curves.RADII_PX[0], curves.RADII_PX[-1])
        )
        plain = "" if rectified(network, family.layer) else "; not rectified, below zero counts as none"
        yield f"{family.layer}: arcs of {low:.1f} to {high:.1f} px{plain}."
