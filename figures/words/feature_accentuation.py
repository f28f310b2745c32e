"""Accentuated pictures in words and numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from figures.words import Value, Words

if TYPE_CHECKING:
    from figures.methods.feature_visualization.accented_picture import AccentedPicture


def feature_accentuation(seen: AccentedPicture) -> Words:
    """Say which picture is changed for which units, and what they answered before and after."""
    return Words(_alt(seen), _values(seen), tuple(_notes(seen)))


def _alt(seen: AccentedPicture) -> str:
    what = "less" if all(seen.lowered) else "more or, with a minus, less" if any(seen.lowered) else "more"
    count = "one unit answers" if len(seen.units) == 1 else f"each of {len(seen.units)} units answers"
    return f"The picture {seen.word}, and what it becomes where {count} {what} to it: {', '.join(seen.units)}."


def _values(seen: AccentedPicture) -> dict[str, Value]:
    """Quote each unit's answer by its number from 1, `before-2`, `after-2`, and the means of all."""
    of = seen.accented
    values: dict[str, Value] = {
        "units": len(seen.units),
        "mean_before": float(of.before.mean()),
        "mean_after": float(of.after.mean()),
        "most_changed": float(of.changed.max()),
    }
    for number, (before, after) in enumerate(zip(of.before, of.after, strict=True), start=1):
        values |= {f"before-{number}": float(before), f"after-{number}": float(after)}
    return values


def _notes(seen: AccentedPicture) -> Iterator[str]:
    yield "Below each: activation in the picture as it is, and in what it became."
    if seen.keep:
        yield (
            f"{seen.keep_layer} holds the picture together: at most {seen.accented.changed.max():.0%} of what it says "
            "of the picture changed (squared distance; Hamblin et al., 2024)."
        )
    else:
        yield "Nothing holds the picture together (keep 0)."
