"""Of what a standard deviation is."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from figures.methods.sigma import Sigma


def measure(sigma: Sigma) -> str:
    """Say of what σ is the standard deviation, where responses are drawn in it."""
    what = "rectified activations" if sigma.rectified else "responses"
    return f"σ is the standard deviation of the unit's {what} over all positions of {sigma.dataset}."
