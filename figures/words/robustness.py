"""How soon networks fail as pictures become harder to read, in words and numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from figures.words import Value, Words
from figures.words.phrases import brief, key, listed, written

if TYPE_CHECKING:
    from figures.methods.robustness.robustness import Robustness

AXES = {
    "noise": "noise (standard deviation; pixels are 0 to 1)",
    "blur": "blur (standard deviation, px)",
    "contrast": "contrast left",
    "rotation": "rotation (°)",
}
"""What the strengths of a corruption are, by its name."""
_HOW = {
    "noise": "Noise is Gaussian, added to pixels in 0 to 1 and cut off there; a picture has the same at all strengths.",
    "blur": "Blur is Gaussian, in pixels of the network's input.",
    "contrast": "Contrast is what is left of each pixel's distance to the picture's mean.",
    "rotation": "Turned pictures have their corners filled with their mirror image.",
}
_SCORES = {
    "accuracy": "an answer counts if it is the picture's label",
    "consistency": "an answer counts if it is the network's own to the picture as it is, be that right or wrong",
}
_CUES = {
    "agree": "The texture of these glyphs goes with their shape, as it did for glyphs-texture: either tells the class.",
    "apart": "The texture of these glyphs says nothing of their class.",
}


def strength(kind: str, value: float) -> str:
    """Write the strength of a corruption with its unit."""
    units = {"noise": "", "blur": " px", "rotation": "°"}
    return f"{value:.0%}" if kind == "contrast" else f"{written(value, 'g')}{units[kind]}"


def robustness(seen: Robustness, cues: str = "") -> Words:
    """Say how far each network falls; `cues` tells how glyphs were drawn."""
    return Words(_alt(seen), dict(_values(seen)), tuple(_notes(seen, cues)))


def _alt(seen: Robustness) -> str:
    names = brief(seen.networks)
    falls = [
        f"{curve.corruption}, {names[curve.network]}: {curve.shares[0].share:.0%} to {curve.shares[-1].share:.0%} at "
        f"{strength(curve.corruption, curve.strengths[-1])}"
        for curve in seen.curves
    ]
    return f"{seen.score.capitalize()} of {listed(list(names.values()))} as pictures become harder. {'; '.join(falls)}."


def _values(seen: Robustness) -> Iterator[tuple[str, Value]]:
    """Give `clean_NETWORK`, and by corruption what is left at the strongest and where half is lost."""
    yield "images", seen.images
    for curve in seen.curves:
        own = f"{curve.corruption}_{key(curve.network)}"
        yield f"clean_{key(curve.network)}", curve.shares[0].share
        yield f"strongest_{own}", curve.shares[-1].share
        half = curve.halved(seen.chances[curve.network])
        yield f"half_{own}", "never" if half is None else half


def _notes(seen: Robustness, cues: str) -> Iterator[str]:
    yield (
        f"{seen.score.capitalize()}: {_SCORES[seen.score]}. {seen.images} pictures of {seen.dataset}; bands are 95 % "
        "intervals (Wilson), the dotted line is guessing."
    )
    if cues:
        yield _CUES[cues]
    yield from (_HOW[kind] for kind in seen.corruptions)
    heads = dict.fromkeys(seen.heads.values())
    if len(heads) > 1:
        yield f"Heads: {listed([f'{head} of {name}' for name, head in seen.heads.items()])}."
