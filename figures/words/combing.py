"""What strokes across an arc do to units, in words and numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from figures.words import Value, Words, layers_of
from figures.words.images import unreadable
from figures.words.sigma import measure

if TYPE_CHECKING:
    from figures.methods.combing import Combing
    from figures.methods.sigma import Sigma

NOTE = (
    "Each unit sees the arc that it answers to most, and the same arc crossed by strokes; what is drawn is the "
    "difference, in standard deviations."
)
RAISED = 0.05
"""Share of the response to the bare arc from which more counts as more."""


def combing(seen: Combing, sigma: Sigma) -> Words:
    """Say how strokes of growing length change responses."""
    numbers = values(seen)
    whose = f"{len(seen.units)} units of {layers_of(seen.units)}" if len(seen.units) > 1 else seen.units[0]
    alt = (
        f"Lines for {whose}: how much the response to the unit's best arc changes as strokes of growing length cross "
        f"it, a line for each distance between strokes. Changes run from {seen.change.min():.1f} to "
        f"{seen.change.max():.1f} standard deviations; with the longest strokes {numbers['lowered']} of "
        f"{len(seen.units)} answer less than to the bare arc."
    )
    return Words(alt, numbers, (NOTE, measure(sigma), *unreadable(sigma)))


def values(seen: Combing) -> dict[str, Value]:
    """Quote how much the longest strokes change responses, and how many units answer more to some comb."""
    longest = seen.change[:, :, -1].mean(axis=1)
    bare = np.maximum(seen.bare, 0)
    shares = longest[bare > 0] / bare[bare > 0]
    known = {"median_share": float(np.median(shares))} if len(shares) else {}
    known |= {"min_kept": float(1 + shares.min()), "max_kept": float(1 + shares.max())} if len(shares) else {}
    return {
        "units": len(seen.units),
        "raised": int((seen.change.max(axis=(1, 2)) > RAISED * bare).sum()),
        "lowered": int((longest < 0).sum()),
        "most_raised_sigma": float(seen.change.max()),
        "most_lowered_sigma": float(seen.change.min()),
        "median_change_sigma": float(np.median(longest)),
        **known,
    }
