"""A small network unit by unit, in words and numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from figures.words import Words

if TYPE_CHECKING:
    from figures.methods.toy_network import ToyNetwork


def toy_network(seen: ToyNetwork) -> Words:
    """Say how many units and weights there are; value `answer-1` is that of the output's first unit."""
    sizes = ", ".join(map(str, seen.sizes))
    weights = sum(one.size for one in seen.weights)
    values = {"layers": len(seen.sizes), "units": sum(seen.sizes), "weights": weights}
    values |= {f"answer-{rank}": answer for rank, answer in enumerate(seen.answers[-1].tolist(), 1)}
    alt = f"A network of {len(seen.sizes)} layers with {sizes} units, each linked to all units of the layer before."
    return Words(alt, values, (
        f"{weights} weights drawn at random (seed {seen.seed}): red adds, blue takes away, wide lines do so most.",
        "A unit adds up what those before it answer, times the weights, and answers nothing below zero; the output "
        "answers the sum itself. The more a circle stands out, the more it answers here, within its layer.",
    ))  # fmt: skip
