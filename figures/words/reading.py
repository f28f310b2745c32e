"""How responses to stimuli were read, in notes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from figures.methods.reading import Reading


def notes(
    reading: Reading, stimuli: str, peaks: np.ndarray, *, arcs: bool = True, named: str = "any arc"
) -> tuple[str, ...]:
    """Say what was shown and how it was read, and which units never responded.

    `stimuli` are what was shown, in words with their number; `peaks` (units,) the largest responses;
    `arcs` tells whether that is what decided where units are read, `named` what silent units do not answer.
    """
    kind = "Rectified responses" if reading.rectified else "Responses"
    return (f"{kind} to {stimuli}; {_place(reading, arcs)}", *_asides(reading), *_silent(reading.units, peaks, named))


def _place(reading: Reading, arcs: bool) -> str:
    curve, lying = ("its curve", "arcs lie") if arcs else ("its curve to arcs", "stimuli lie")
    if len(reading.placed) == len(reading.units):
        return f"{lying} where the units look."
    if not reading.reach_px:
        return "units are read in the middle."
    return (
        f"each unit is read at the position, up to {reading.reach_px} px from the middle, where {curve} peaks highest."
    )


def _asides(reading: Reading) -> Iterator[str]:
    """Say what is not as usual: outputs that no rectifier cuts off, units that are lowered, one position."""
    if reading.unrectified:
        plain = " and ".join(reading.unrectified)
        yield f"{plain}: not rectified; responses are taken as they are, and below 0 none is drawn."
    if reading.beyond:
        wide = " and ".join(reading.beyond)
        yield f"Units of {wide} answer to more than their receptive fields; they were shown whole pictures."
    if reading.lowered:
        yield "A unit with a minus responds with its activation times -1."
    if 0 < len(reading.placed) < len(reading.units):
        yield f"Read at their own position, where their arcs lie: {', '.join(reading.placed)}."


def _silent(units: Sequence[str], peaks: np.ndarray, named: str) -> Iterator[str]:
    silent = [unit for unit, peak in zip(units, peaks, strict=True) if peak <= 0]
    if silent:
        yield f"No response to {named}: {', '.join(silent)}."
