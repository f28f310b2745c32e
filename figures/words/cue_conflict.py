"""How networks and people answer where shape and texture disagree, in words and numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from figures.words import Value, Words, phrases

if TYPE_CHECKING:
    from figures.methods.cue_conflict import Bias, Examples
    from figures.methods.observers.spread import Spread

RULE = (
    "Bias: shape / (shape + texture) over all answers that name one of the two cues; "
    "images whose cues agree are left out."
)


def examples(seen: Examples, model: str, seed: int) -> Words:
    """Say which cue the network followed in the conflict images that are shown."""
    count, by_shape, by_texture = len(seen.shape), seen.following("shape"), seen.following("texture")
    alt = (
        f"{count} shapes in the texture of another class; {model} follows the shape in {by_shape}, "
        f"the texture in {by_texture}."
    )
    notes = (
        f"The {count} images were drawn at random from all conflict images (seed {seed}); none was left out.",
        "An arrow names the class that a texture is paired with.",
    )
    return Words(alt, {"count": count, "by_shape": by_shape, "by_texture": by_texture}, notes)


def bias(pooled: Sequence[Bias], grouped: Mapping[str, tuple[int, int]] | None = None) -> Words:
    """Say the bias and the coverage of each observer, pooled over categories.

    `grouped` says of networks how many of their classes were grouped into how many categories.
    """
    said = ", ".join(
        f"{row.observer} {'undefined' if row.bias is None else f'{row.bias:.0%}'} "
        f"(of the {row.coverage:.0%} of answers that follow a cue)"
        for row in pooled
    )
    alt = f"Shape bias by category, one mark for each observer, with its coverage. Pooled: {said}."
    values = {f"{key}_{phrases.key(row.observer)}": value for row in pooled for key, value in _values(row).items()}
    return Words(alt, values, (RULE, *grouping(grouped or {})))


def grouping(grouped: Mapping[str, tuple[int, int]]) -> tuple[str, ...]:
    """Say in a note how networks with finer classes answer categories; no note where there are none."""
    several: dict[tuple[int, int], list[str]] = {}
    for network, counts in grouped.items():
        several.setdefault(counts, []).append(network)
    return tuple(
        f"{phrases.listed(names)}: {classes} classes, grouped into {categories} categories; the answer is the category "
        "with the highest mean probability of its classes."
        for (classes, categories), names in several.items()
    )


def boxes(seen: Sequence[Spread], people: int) -> str:
    """Say how the bias spreads over categories, for the boxes of each observer."""
    said = ", ".join(f"{one.observer} {one.lower:.0%} to {one.upper:.0%}" for one in seen)
    more = f" Each of {people} people is a point of their own." if people else ""
    return f"Boxes of the shape bias over categories, the middle half from … to: {said}.{more}"


def _values(row: Bias) -> dict[str, Value]:
    """Give an observer's numbers: `bias`, `bias_low`, `coverage`, `n`, …"""
    low, high = row.ci95 or ("undefined", "undefined")
    return {
        "bias": "undefined" if row.bias is None else row.bias,
        "bias_low": low,
        "bias_high": high,
        "coverage": row.coverage,
        "n": row.n,
        "shape": row.shape / max(row.n, 1),
        "texture": row.texture / max(row.n, 1),
    }
