"""One picture under conditions that take cues away, in words and numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from figures.words import Value, Words
from figures.words.phrases import listed

if TYPE_CHECKING:
    from figures.methods.cues.seen_conditions import SeenConditions

_CONFLICT = {
    "silhouette": "In conflict the silhouette is cut out of {style} and lies on white.",
    "gram": "In conflict the figure has the style of {style}, by Gram matrices of the network's layers, on white.",
    "moments": "In conflict the figure has the style of {style}, by moments of the network's layers, on white.",
    "render": "As it is, the shape has the texture that its class is paired with; in conflict it has {style}.",
}


def conditions(seen: SeenConditions) -> Words:
    """Say the first answer under each condition, and under how many it is right.

    Values go by condition: `answer-edges`, `probability-edges`, `answer-turned-silhouette`, …
    """
    return Words(_alt(seen), _values(seen), tuple(_notes(seen)))


def _alt(seen: SeenConditions) -> str:
    said = "; ".join(
        f"{condition}: {names[0]} with {shares[0]:.0%}, {'right' if right else 'wrong'}"
        for condition, names, shares, right in zip(
            seen.conditions, seen.answers.names, seen.answers.probability.tolist(), seen.first_right, strict=True
        )
    )
    return f"{seen.word} under {len(seen.conditions)} conditions, and what {seen.answers.network} sees. {said}."


def _values(seen: SeenConditions) -> dict[str, Value]:
    values: dict[str, Value] = {"conditions": len(seen.conditions), "right": sum(seen.first_right)}
    for condition, names, shares in zip(
        seen.conditions, seen.answers.names, seen.answers.probability.tolist(), strict=True
    ):
        key = condition.replace(" ", "-")
        values |= {f"answer-{key}": names[0], f"probability-{key}": shares[0]}
    return values


def _notes(seen: SeenConditions) -> Iterator[str]:
    classes = listed([seen.answers.classes[number] for number in seen.right])
    whose = "as the author says" if seen.told else "by its label or the first answer to the picture as it is"
    yield f"A tick marks {classes}, right {whose}; a cross a wrong first answer, in conflict the style's class too."
    yield _CONFLICT[seen.method].format(style=seen.style)
    yield (
        "Edges are Canny's. The texture is drawn alone."
        if seen.method == "render"
        else "Edges are Canny's. The texture is the largest square inside the figure, laid beside its mirror images."
    )
    yield f"The silhouette is turned by {seen.turn_deg:g}°."
