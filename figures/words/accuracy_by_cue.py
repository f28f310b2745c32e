"""How often observers are right under conditions that take cues away, in words and numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from figures.words import Value, Words
from figures.words.phrases import listed

if TYPE_CHECKING:
    from figures.methods.cues.accuracy import Accuracy, Shown

_NAMED = 6


def accuracy(shown: Shown, rows: Sequence[Accuracy], turn_deg: float, published: str) -> Words:
    """Say each observer's accuracy under each condition.

    Values go by condition and observer: `edges_glyphs-shape`, `turned-silhouette_humans`; `chance` is that of networks.
    """
    observers = dict.fromkeys(row.observer for row in rows)
    said = "; ".join(
        f"{who}: {', '.join(f'{row.condition} {row.share:.0%}' for row in rows if row.observer == who)}"
        for who in observers
    )
    alt = f"Right answers by condition, one mark for each observer with its 95 % interval. {said}."
    values: dict[str, Value] = {f"{_key(row.condition)}_{_key(row.observer)}": row.share for row in rows}
    values |= {"pictures": shown.pictures, "classes": len(shown.classes), "chance": 1 / len(shown.classes)}
    return Words(alt, values, tuple(_notes(shown, turn_deg, published)))


def _key(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9_-]+", "-", name).strip("-")


def _notes(shown: Shown, turn_deg: float, published: str) -> Iterator[str]:
    yield f"Each network saw {shown.pictures} pictures of {len(shown.classes)} classes under each condition."
    if shown.drawn:
        yield (
            "As it is, a shape has the texture that its class is paired with; the texture alone counts as right where "
            "that class is named, and in conflict the shape's class is right."
        )
    else:
        yield (
            f"Only the {len(shown.classes)} classes that there are may be answered. In conflict a silhouette is filled "
            "with the texture of another class's picture, and the silhouette's class is right."
        )
    yield f"Bars are Wilson's 95 % intervals. The last silhouette is turned by {turn_deg:g}°."
    if shown.left_out:
        more = f" and {len(shown.left_out) - _NAMED} more" if len(shown.left_out) > _NAMED else ""
        yield f"Left out, since not every network has the class: {listed(shown.left_out[:_NAMED])}{more}."
    if published:
        yield f"Answers of others are read from {published}; pictures and categories are theirs."
