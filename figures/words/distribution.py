"""How often a unit takes each activation, in words and numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from figures.words import Value, Words
from figures.words.images import unreadable
from figures.words.sigma import activation, before, spread

if TYPE_CHECKING:
    from figures.methods.distribution import Distribution


def distribution(seen: Distribution) -> Words:
    """Say how often a unit fires, how its activations spread, and how their tails fall off."""
    notes = (spread(before(seen.rectified), seen.scanned.dataset), *unreadable(seen.scanned))
    return Words(alt(seen), values(seen), notes)


def values(seen: Distribution) -> dict[str, Value]:
    """Quote the share of positions from zero on, mean and spread, and each tail that was fitted."""
    numbers: dict[str, Value] = {
        "unit": seen.unit,
        "positions": seen.scanned.positions,
        "share_firing": seen.scanned.share_firing,
        "mean": seen.scanned.mean,
        "sigma": seen.scanned.std,
        "share_beyond_2_sigma": seen.scanned.share_beyond(2),
    }
    for side, fit in seen.tails.items():
        numbers |= {f"{side}_scale": fit.scale, f"{side}_r2": fit.r2, f"{side}_from": fit.low, f"{side}_to": fit.high}
    return numbers


def alt(seen: Distribution) -> str:
    """Describe both panels."""
    what = activation(before(seen.rectified))
    whole = seen.scanned
    scales = "".join(f"; {side} tail scale {fit.scale:.2g}" for side, fit in seen.tails.items())
    return (
        f"The density of {what} of {seen.unit}, linear and logarithmic. It fires at {whole.share_firing:.1%} of "
        f"{whole.positions} positions; standard deviation {whole.std:.3g}{scales}."
    )


def heading(seen: Distribution) -> str:
    """Say in a line what stands above the density."""
    return f"fires at {seen.scanned.share_firing:.1%} of positions, σ = {seen.scanned.std:.3g}"


def axis(seen: Distribution) -> str:
    """Name what runs to the right."""
    return activation(before(seen.rectified)).removeprefix("the ")
