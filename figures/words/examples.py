"""The images that drive units furthest, in words and numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from figures.words import Words
from figures.words.images import unreadable

if TYPE_CHECKING:
    from figures.methods.examples import Examples


def examples(several: Sequence[Examples], count: int) -> Words:
    """Say whose `count` images are shown, and how strong the strongest is."""
    units, dataset = [str(seen.unit) for seen in several], several[0].scanned.dataset
    alt = f"The {count} images of {dataset} that {_done(several)} each of {len(units)} units most: {', '.join(units)}."
    strongest = max(float(seen.positions.value[0]) for seen in several)
    return Words(alt, {"units": len(units), "strongest": strongest}, unreadable(several[0].scanned))


def row(seen: Examples) -> str:
    """Describe the images of one unit."""
    return f"Images that {done(seen)} {seen.unit} most"


def done(seen: Examples) -> str:
    """Say what images do to a unit: they drive it, or with a minus, lower it."""
    return "lower" if seen.unit.negative else "drive"


def _done(several: Sequence[Examples]) -> str:
    kinds = {done(seen) for seen in several}
    return "drive or, with a minus, lower" if len(kinds) > 1 else kinds.pop()
