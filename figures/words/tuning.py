"""How units answer arcs by their direction, in words and numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from figures.words import Value, Words, layers_of, reading

if TYPE_CHECKING:
    from figures.methods.tuning import ArcTuning
    from figures.methods.tuning_curves import Summary


def tuning(seen: ArcTuning, stimuli: str = "black arcs on white") -> Words:
    """Say what a reader sees of a family's tuning, and how it was read."""
    radii = seen.radius_px
    shown = f"{stimuli}, {radii.shape[1]} radii from {radii.min():g} to {radii.max():g} px"
    return Words(alt(seen), values(seen.summary), reading.notes(seen.reading, shown, seen.summary.peak))


def values(summary: Summary) -> dict[str, Value]:
    """Return what prose may quote of a family's tuning; units that never respond do not count."""
    alive = summary.responding
    counts: dict[str, Value] = {"units": len(alive), "responding": int(alive.sum())}
    if not alive.any():
        return counts
    width, echo = summary.width_deg[alive], summary.echo[alive]
    return counts | {
        "median_width_deg": float(np.median(width)),
        "min_width_deg": float(width.min()),
        "max_width_deg": float(width.max()),
        "median_echo": float(np.median(echo)),
        "min_echo": float(echo.min()),
        "max_echo": float(echo.max()),
        "min_resultant": float(summary.resultant[alive].min()),
        "max_peak": float(summary.peak.max()),
        "peak_ratio": float(summary.peak[alive].max() / summary.peak[alive].min()),
        "width_ratio": float(width.max() / width.min()),
        "largest_gap_deg": summary.largest_gap_deg,
    }


def alt(seen: ArcTuning) -> str:
    """Describe the curves of one unit or of several."""
    summary, units = seen.summary, seen.units
    if not summary.responding.any():
        return f"Tuning of {', '.join(units)} to arcs: no unit responds to any of them."
    ordered = ", ".join(f"{angle:.0f}" for angle in np.sort(summary.preferred_deg[summary.responding]))
    return _of_one(units[0], ordered, values(summary)) if len(units) == 1 else _of_several(seen, ordered)


def _of_one(unit: str, preferred: str, numbers: dict[str, Value]) -> str:
    return (
        f"How strongly {unit} responds to arcs by the direction in which the arc bulges, clockwise from the "
        f"right. It prefers {preferred} degrees; at half height its curve is {numbers['median_width_deg']:.0f} "
        f"degrees wide, and its response to the opposite direction is at most {numbers['max_echo']:.0%} of the peak."
    )


def _of_several(seen: ArcTuning, preferred: str) -> str:
    numbers = values(seen.summary)
    return (
        f"How strongly {len(seen.units)} units of {layers_of(seen.units)} respond to arcs by the direction in which "
        "the arc bulges, clockwise from the right. "
        f"Preferred directions: {preferred} degrees; the widest gap between them is {numbers['largest_gap_deg']:.0f} "
        f"degrees. Widths at half height run from {numbers['min_width_deg']:.0f} to {numbers['max_width_deg']:.0f} "
        f"degrees, and no response to the opposite direction exceeds {numbers['max_echo']:.0%} of the peak."
    )
