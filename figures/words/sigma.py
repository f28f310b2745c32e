"""Of what a standard deviation is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from figures.methods.sigma import Sigma

What = Literal["rectified", "before", "plain"]
"""Activations as a rectifier lets them through, before it, or of a layer that ends in none."""
_OF: dict[What, str] = {
    "rectified": "the rectified activation",
    "before": "the activation before the rectifier",
    "plain": "the activation",
}
_SHORT: dict[What, str] = {"rectified": "σ, rectified", "before": "σ before the rectifier", "plain": "σ"}


def before(rectified: bool) -> What:
    """Say what scans hold of a layer: what enters the rectifier that it ends in, or what it gives where it has none."""
    return "before" if rectified else "plain"


def after(rectified: bool) -> What:
    """Say what responses of a layer are: what its rectifier lets through, or what it gives where it has none."""
    return "rectified" if rectified else "plain"


def of(what: What, dataset: str) -> str:
    """Name σ by what it is of and over: `σ of the rectified activation over all positions of glyphs:6000`."""
    return f"σ of {_OF[what]} over all positions of {dataset}"


def short(what: What) -> str:
    """Name σ in few letters, for the axis of a chart or a number beside a tile: `σ before the rectifier`."""
    return _SHORT[what]


def activation(what: What) -> str:
    """Name what σ is of: `the activation before the rectifier`."""
    return _OF[what]


def spread(what: What, dataset: str) -> str:
    """Say in a note of what σ is the standard deviation, where it is not that of responses."""
    return f"σ is the standard deviation of {_OF[what]} over all positions of {dataset}."


def symbol(sigma: Sigma) -> str:
    """Name σ in few letters where responses are drawn in it."""
    return short(after(sigma.rectified))


def measure(sigma: Sigma) -> str:
    """Say of what σ is the standard deviation, where responses are drawn in it."""
    what = "rectified activations" if sigma.rectified else "responses"
    return f"σ is the standard deviation of the unit's {what} over all positions of {sigma.dataset}."
