"""Feature visualizations in words and numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from figures.words import Value, Words
from figures.words.images import channels, unreadable

if TYPE_CHECKING:
    from figures.methods.feature_visualization.reached import Reached

BEST = 9


def feature_visualization(seen: Reached) -> Words:
    """Say whose pictures are shown, and what they reach beside the data set's images."""
    return Words(alt(seen), values(seen), tuple(notes(seen)))


def alt(seen: Reached) -> str:
    """Describe the sheet."""
    kinds = set(seen.lowered)
    what = "raise or, with a minus, lower" if len(kinds) > 1 else "lower" if kinds.pop() else "raise"
    return f"Pictures that {what} the activation of {len(seen.units)} units of {seen.network}: {', '.join(seen.units)}."


def values(seen: Reached) -> dict[str, Value]:
    """Quote what pictures reach on average, and as a share of what the best images do."""
    ratios = seen.ratio[~np.isnan(seen.ratio)]
    known = (
        {"mean_ratio": ratios.mean(), "least_ratio": ratios.min(), "greatest_ratio": ratios.max()}
        if len(ratios)
        else {}
    )
    return {
        "units": len(seen.units),
        "dead": int(seen.portraits.dead.sum()),
        "mean_reached": float(seen.activation.mean()),
        **{name: float(value) for name, value in known.items()},
    }


def notes(seen: Reached) -> Iterator[str]:
    """Say what stands below the pictures, and what is not as usual."""
    dead = [unit for unit, dead in zip(seen.units, seen.portraits.dead, strict=True) if dead]
    if not np.isnan(seen.best[0]):
        yield f"Below each: activation reached vs mean of the {seen.examples} best images."
    if dead:
        yield f"Never answered: {', '.join(dead)}."
    if seen.scanned is not None:
        yield from unreadable(seen.scanned)
    if seen.scanned is not None and seen.recipe.parameterization == "phase":
        yield f"Only phases were free; amplitudes are those of {seen.scanned.dataset} on average (Fel et al., 2023)."
    yield from channels(seen.channels)


def portrait(seen: Reached) -> str:
    """Describe the picture of the first unit alone."""
    unit, label = seen.units[0], seen.classes[0]
    return f"Feature visualization of {unit} ({label})" if label else f"Feature visualization of {unit}"
