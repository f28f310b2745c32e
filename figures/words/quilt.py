"""Random images of every strength of a unit's activation, in words and numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from figures.words import Value, Words
from figures.words.images import unreadable
from figures.words.phrases import written
from figures.words.sigma import activation, before, spread

if TYPE_CHECKING:
    from figures.methods.quilt import Quilt


def quilt(seen: Quilt) -> Words:
    """Say what stands in the columns, how wide they are, and where they hold too little."""
    return Words(alt(seen), values(seen), tuple(notes(seen)))


def alt(seen: Quilt) -> str:
    """Describe one page."""
    names = titles(seen)
    low, high = names[0].replace("<", "below "), names[-1].replace("≥", "at least ")
    return (
        f"Random images of {seen.scanned.dataset} in {len(names)} columns by the activation of {seen.unit} at their "
        f"middle, from {low} to {high}, {seen.rows} to a column."
    )


def page(seen: Quilt) -> str:
    """Describe a page among others."""
    return f"Random images of {seen.scanned.dataset} by the activation of {seen.unit}"


def titles(seen: Quilt) -> tuple[str, ...]:
    """Return what stands below the columns: where each begins, and where the first ends."""
    edges = np.where(np.abs(seen.inner) < 1e-9, 0, seen.inner)
    names = [written(edge, ".4g") for edge in edges]
    return (f"<{names[0]}", *names[:-1], f"≥{names[-1]}")


def values(seen: Quilt) -> dict[str, Value]:
    """Quote how many images there are, how wide columns are, and how often the unit fires."""
    held, inner = seen.patches.there.sum(axis=1), seen.inner
    return {
        "unit": str(seen.unit),
        "bins": len(held),
        "images": int(held.sum()),
        "fewest": int(held.min()),
        "width": float(f"{inner[1] - inner[0]:.6g}"),
        "from": float(f"{inner[0]:.6g}"),
        "to": float(f"{inner[-1]:.6g}"),
        "share_firing": seen.scanned.share_firing,
        "sigma": seen.scanned.std,
    }


def notes(seen: Quilt) -> Iterator[str]:
    """Say how images were drawn, of what σ is, which columns hold too few, and what could not be read."""
    held, wanted = seen.patches.there.sum(axis=1), seen.rows * seen.pages
    what = f"{'standard deviations of ' * seen.in_sigma}{activation(before(seen.rectified))}"
    yield f"{held.sum()} crops, drawn at random for each column; columns begin at the numbers below them, {what}."
    if seen.in_sigma:
        yield spread(before(seen.rectified), seen.scanned.dataset)
    if short := int((held < wanted).sum()):
        yield f"{short} of {len(held)} columns hold fewer than {wanted} crops; places without one stay empty."
    yield from unreadable(seen.scanned)
