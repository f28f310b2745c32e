"""How units answer families of stimuli, in words and numbers; responses are in standard deviations."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from figures.words import Value, Words, layers_of, reading
from figures.words.images import unreadable
from figures.words.sigma import measure

if TYPE_CHECKING:
    from figures.methods.sigma import Sigma
    from figures.methods.stimulus_tuning import Shown, StimulusTuning

FIRES = 0.05
"""Share of its largest response from which a unit counts as responding to a stimulus."""


def count(seen: StimulusTuning) -> str:
    """Write `8 radii from 6 to 83 pixels`."""
    finite = seen.value[np.isfinite(seen.value)]
    return f"{seen.value.shape[1]} {_range(seen.shown, finite.tolist() or [math.inf])}"


def _range(shown: Shown, values: Sequence[float], style: str = "g") -> str:
    unit = {"px": " pixels", "°": " degrees", "": ""}.get(shown.unit, f" {shown.unit}")
    return f"{shown.plural} from {format(min(values), style)} to {format(max(values), style)}{unit}"


def heatmap(seen: Sequence[StimulusTuning], sigma: Sigma) -> Words:
    """Say what strips of one or several families show."""
    alt = " ".join(map(_strips, seen))
    return Words(alt, _values(seen), (measure(sigma), *notes(seen[0]), *_others(seen[1:]), *unreadable(sigma)))


def angle_to_curve(seen: Sequence[StimulusTuning], sigma: Sigma, gains: np.ndarray) -> Words:
    """Say what strips from angles to arcs show; `gains` are each unit's answer to arcs by that to angles."""
    said = heatmap(seen, sigma)
    known = {"median_gain": float(np.median(gains))} if len(gains) else {}
    return replace(said, values={**said.values, "prefer_arcs": int((gains > 1).sum()), **known})


def notes(seen: StimulusTuning) -> tuple[str, ...]:
    """Say how responses to one family were read."""
    if seen.shown.family.name == "arcs":
        arcs = f"black arcs on white, {seen.value.shape[1]} radii from {seen.value.min():g} to {seen.value.max():g} px"
        return reading.notes(seen.reading, arcs, seen.curves.max(axis=1))
    shown = f"{seen.shown.words}, {count(seen)}"
    return reading.notes(seen.reading, shown, seen.curves.max(axis=1), arcs=False, named=seen.shown.words)


def _others(seen: Sequence[StimulusTuning]) -> tuple[str, ...]:
    rest = ", ".join(f"{each.shown.words} ({count(each)})" for each in seen)
    return (f"Read at the same positions: {rest}.",) if rest else ()


def _strips(seen: StimulusTuning) -> str:
    whose = f"{len(seen.units)} strips, one for each unit of {layers_of(seen.units)}"
    angles, seconds = seen.best
    ordered = ", ".join(f"{angle:.0f}" for angle in angles)
    return (
        f"{whose if len(seen.units) > 1 else f'A strip for {seen.units[0]}'}: the response to {seen.shown.words} by "
        f"direction of bulge and by {seen.shown.second}. It is strongest at {ordered} degrees, at "
        f"{_range(seen.shown, seconds.tolist(), '.0f')}, where it reaches {seen.peaks.min():.1f} to "
        f"{seen.peaks.max():.1f} standard deviations."
    )


def _values(seen: Sequence[StimulusTuning]) -> dict[str, Value]:
    """Quote the first family plainly, each of several by its name, and how alike their tuning is to the first's."""
    values = _values_of(seen[0])
    for each in seen if len(seen) > 1 else ():
        peaks = {"max_sigma": each.peaks.max(), "min_peak_sigma": each.peaks.min()}
        alike = {} if each is seen[0] else _alike(seen[0].likeness(each))
        values |= {f"{each.shown.slug}_{name}": float(value) for name, value in {**peaks, **alike}.items()}
    return values


def _alike(correlations: np.ndarray) -> dict[str, float]:
    return {"min_correlation": correlations.min(), "median_correlation": float(np.median(correlations))}


def _values_of(seen: StimulusTuning) -> dict[str, Value]:
    """Quote the largest response, and how the width at half height changes with curvature."""
    ends = {"straightest": seen.value.argmax(axis=1), "tightest": seen.value.argmin(axis=1)}
    widths = {name: seen.widths_deg(at) for name, at in ends.items()}
    known = {f"median_width_{name}_deg": float(np.nanmedian(w)) for name, w in widths.items() if not np.isnan(w).all()}
    return {
        "units": len(seen.units),
        "max_sigma": float(seen.peaks.max()),
        "min_peak_sigma": float(seen.peaks.min()),
        seen.shown.plural: seen.value.shape[1],
        f"min_{seen.shown.second}{seen.shown.suffix}": float(seen.value.min()),
        f"max_{seen.shown.second}{seen.shown.suffix}": float(seen.value.max()),
        **known,
        **_shape(seen),
    }


def _shape(seen: StimulusTuning) -> dict[str, Value]:
    """Quote at which second parameters units answer most, and what they answer to an arc that is nearly straight."""
    _, best = seen.best
    ends: dict[str, Value] = {
        f"min_best_{seen.shown.second}{seen.shown.suffix}": float(best.min()),
        f"max_best_{seen.shown.second}{seen.shown.suffix}": float(best.max()),
    }
    if seen.shown.second != "radius" or not (seen.peaks > 0).any():
        return ends
    for name, shares in zip(("straight", "opposite"), seen.straightest, strict=True):
        ends |= {f"min_{name}_share": float(np.nanmin(shares)), f"median_{name}_share": float(np.nanmedian(shares)),
                 f"max_{name}_share": float(np.nanmax(shares))}  # fmt: skip
    return ends


def grid(drawn: StimulusTuning, seen: StimulusTuning, sigma: Sigma) -> Words:
    """Say what a grid of stimuli `drawn` for one unit shows, of all orientations at which it was `seen`."""
    response, second = drawn.response[0], drawn.shown.second
    best_deg, best = (float(number[0]) for number in drawn.best)
    values: dict[str, Value] = {
        "stimuli": response.size,
        "max_sigma": float(response.max()),
        "best_deg": best_deg,
        f"best_{second}{drawn.shown.suffix}": best,
        "responding": int((response > FIRES * response.max()).sum()),
    }
    unit = "°" if drawn.shown.unit == "°" else f" {drawn.shown.unit}".rstrip()
    alt = (
        f"Three strips for {seen.units[0]}. The first shows {response.size} {drawn.shown.words}, by direction from "
        f"left to right and by {second} from top to bottom; the second shows them as strong as the unit's response, "
        f"the third the response alone. It is largest, {response.max():.1f} standard deviations, at {best_deg:.0f} "
        f"degrees and {second} {best:g}{unit}."
    )
    return Words(alt, values, (measure(sigma), *notes(seen), *unreadable(sigma)))
