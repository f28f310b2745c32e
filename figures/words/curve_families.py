"""Which units of layers are tuned to arcs, in words and numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from figures.words import Value, Words
from figures.words.images import unreadable

if TYPE_CHECKING:
    from figures.methods.curve_families import CurveFamily

RULES = {
    "strict": "meet the rule for curve detectors",
    "lenient": "meet the lenient rule for curve detectors",
    "tuned": "are tuned to arcs rather than lines, echoes allowed",
}
NOTE = (
    "A unit counts if its mean response to arcs has one lobe, less than 30 % of its peak at the opposite direction, "
    "a half-width of 12 to 75 degrees, agrees over at least 5 of 6 colour pairs and 3 of 6 radii, and exceeds its "
    "response to straight lines."
)


def curve_units(seen: CurveFamily, control: CurveFamily | None = None) -> Words:
    """Say which units of a layer meet the rule for curve detectors, and how many of the control do."""
    numbers = _counts(seen, control)
    before = f"; before training {numbers['control_count']} do" if control else ""
    alt = (
        f"Of the {numbers['of']} units of {seen.layer} of {seen.network}, {numbers['count']} meet the rule for curve "
        f"detectors{before}. Marks show the direction each prefers and its half-width; {numbers['eighths']} of the "
        "eight 45-degree ranges have one."
    )
    return Words(alt, numbers, (NOTE, *_asides(seen)))


def _counts(seen: CurveFamily, control: CurveFamily | None) -> dict[str, Value]:
    """Count the units, the eighths of the circle that have one, and the control's units."""
    values: dict[str, Value] = {"count": len(seen.units), "of": seen.layer_units, "eighths": seen.eighths}
    if control is not None:
        values["control_count"] = len(control.units)
    if len(seen.units):
        half = seen.half_width_deg
        values |= {
            "median_half_width_deg": float(np.median(half)),
            "min_half_width_deg": float(half.min()),
            "max_half_width_deg": float(half.max()),
            "largest_gap_deg": seen.largest_gap_deg,
        }
    return values


def _asides(seen: CurveFamily) -> Iterator[str]:
    yield f"{seen.ceiling_images} images tell how strongly a unit can respond at all; it has to reach 30 % of that."
    if seen.scale != 1:
        low, high = seen.radii_px
        yield f"Arcs are scaled to what a unit of {seen.layer} sees: radii from {low:.0f} to {high:.0f} px."
    if not seen.rectified:
        yield f"{seen.layer} does not end in a rectifier; responses below zero count as none."
    yield from unreadable(seen)


def curve_families(
    network: str, families: Sequence[CurveFamily], drawn: Sequence[CurveFamily], rule: str, most: int, *, given: bool
) -> Words:
    """Say what families of several layers show, of which some are `drawn`.

    `given` tells whether their units were chosen, not found by `rule`, of which at most so many are drawn of each.
    """
    full = [family for family in families if len(family.units)]
    which = "the units chosen" if given else f"units that {RULES[rule]}"
    summaries = "; ".join(map(_summary, full))
    layers = ", ".join(family.layer for family in families)
    alt = (
        f"Radial tuning curves of {which}, for each layer of {network} that has some: {summaries}."
        if full
        else f"No unit of {layers} of {network} is tuned to arcs by the rule."
    )
    drawing = f"drawn are at most {most} of a layer, spread over the circle"
    chosen = () if given else (f"Units that {RULES[rule]}; {drawing}.",)
    return Words(alt, _values(full), (*chosen, *map(_arcs, drawn), *(unreadable(families[0]) if families else ())))


def _summary(family: CurveFamily) -> str:
    return (
        f"{family.layer} {len(family.units)} of {family.layer_units}, median echo {family.median_echo:.2f}, "
        f"width {family.median_width_deg:.0f} degrees"
    )


def _values(full: Sequence[CurveFamily]) -> dict[str, Value]:
    """Quote each layer's numbers under its name, dots and all else but letters and digits as `_`."""
    values: dict[str, Value] = {"layers": len(full), "units": sum(len(family.units) for family in full)}
    for family in full:
        key = "".join(letter if letter.isalnum() else "_" for letter in family.layer)
        values |= {
            f"{key}_units": len(family.units),
            f"{key}_width_deg": family.median_width_deg,
            f"{key}_echo": family.median_echo,
            f"{key}_resultant": family.median_resultant,
        }
    return values


def _arcs(family: CurveFamily) -> str:
    low, high = family.radii_px
    plain = "" if family.rectified else "; not rectified, below zero counts as none"
    return f"{family.layer}: arcs of {low:.1f} to {high:.1f} px{plain}."
