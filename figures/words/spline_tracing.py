"""What is said of a spline that was bent to an image."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from figures.words import Value, Words

if TYPE_CHECKING:
    from figures.methods.spline_tracing import Source, Tracing


def spline_tracing(seen: Tracing, shown: Source) -> Words:
    """Say how alike the family sees the drawing and the image, and how near the spline came to a known curve."""
    return Words(_alt(seen, shown), values(seen, shown), tuple(_notes(seen)))


def values(seen: Tracing, shown: Source) -> dict[str, Value]:
    """Quote the first and the last step."""
    numbers: dict[str, Value] = {
        "source": shown.words,
        "steps": seen.steps,
        "knots": seen.knots.shape[1],
        "cosine_at_start": _rounded(seen.cosine[0]),
        "cosine": _rounded(seen.cosine[-1]),
        "length_px": _rounded(seen.length_px[-1]),
    }
    ends = {"distance_at_start_px": _rounded(seen.distance_px[0]), "distance_px": _rounded(seen.distance_px[-1])}
    return {**numbers, **(ends if seen.known else {})}


def _rounded(number: float) -> float:
    """Round as the table does, so that prose and table never differ."""
    return round(float(number), 4)


def _alt(seen: Tracing, shown: Source) -> str:
    words = (
        f"{shown.words.capitalize()}, and the spline that {len(seen.units)} units see like it: in {seen.steps} "
        f"steps the cosine between what they rest on rose from {seen.cosine[0]:.2f} to {seen.cosine[-1]:.2f}."
    )
    if not seen.known:
        return words
    return f"{words} The spline lies {seen.distance_px[-1]:.2g} pixels from the curve on average."


def _notes(seen: Tracing) -> Iterator[str]:
    yield (
        f"The spline climbs the cosine between what the {len(seen.units)} units of {seen.layer} draw from "
        f"{seen.before} in the image and in the drawing, both weighted by the image's gradients."
    )
    if seen.known:
        yield "Distances are means between both curves in pixels of the network's input."
