"""How a family answers images that turn, in words and numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from figures.words import Value, Words
from figures.words.images import unreadable

if TYPE_CHECKING:
    from figures.methods.joint_tuning import JointTuning


def joint_tuning(seen: JointTuning) -> Words:
    """Say where the units of a family peak as images turn, and whether in the order that drawn arcs give."""
    return Words(_alt(seen), _values(seen), tuple(_notes(seen)))


def axis(seen: JointTuning) -> str:
    """Name the axis along which images turn."""
    return f"direction in which the feature points for {seen.aligned} (degrees, clockwise from the right)"


def _values(seen: JointTuning) -> dict[str, Value]:
    values: dict[str, Value] = {
        "units": len(seen.units),
        "aligned": seen.aligned,
        "examples": seen.examples,
        "left_out": seen.left_out,
    }
    away = np.delete(np.abs(seen.difference_deg), seen.chosen)
    away = away[~np.isnan(away)]
    if len(away):
        values |= {"median_difference_deg": float(np.median(away)), "largest_difference_deg": float(away.max())}
    return values | {"same_order": "yes" if seen.same_order else "no"}


def _notes(seen: JointTuning) -> Iterator[str]:
    yield (
        f"{seen.shown} images that drive the units of {seen.network} most, each turned to {seen.angles} angles as a "
        f"disc on the mean colour of its rim, and shifted so that the responses of {seen.aligned} line up; ticks mark "
        "the directions that units prefer in drawn arcs."
    )
    if seen.left_out:
        yield f"{seen.left_out} images do not drive {seen.aligned} at any angle, and are left out."
    yield from unreadable(seen)


def _alt(seen: JointTuning) -> str:
    offsets = ", ".join(
        f"{name} {'never' if np.isnan(offset) else f'{offset:+.0f}°'}"
        for i, (name, offset) in enumerate(zip(seen.units, seen.offset_deg, strict=True))
        if i != seen.chosen
    )
    order = "the same order as" if seen.same_order else "another order than"
    return (
        f"Responses of {len(seen.units)} units to {seen.examples} images of {seen.dataset} that turn through the "
        f"circle, shifted so that those of {seen.aligned} line up. The others peak at: {offsets or 'none'}, in {order} "
        "to drawn arcs."
    )
