"""Pictures whose cues disagree, and what a network answers to them, in words and numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from figures.words import Value, Words
from figures.words.phrases import listed

if TYPE_CHECKING:
    from figures.methods.cues.conflicts import Conflicts

_HOW = {
    "gram": "{} has the content's maps and the style's Gram matrices, after Gatys et al. (2016), over {}",
    "moments": "{} has the content's maps with the mean and deviation of the style's channels, after Huang & Belongie "
    "(2017), over {} and without a decoder",
}
_MADE = {
    "silhouette": "The content's silhouette is cut out of the style's picture and lies on white.",
    "render": "Shapes and textures are drawn, not pasted: the content has no texture, the style no shape.",
}


def conflicts(seen: Conflicts) -> Words:
    """Say what every content is taken for by itself and in each style.

    Values go by numbers from 1: `content-1`, `style-1` and `conflict-1` are first answers, `probability-content-1` and
    so on how likely they are; `before-1` is the probability of a content's own classes, `after-1` that in a conflict.
    """
    return Words(_alt(seen), _values(seen), tuple(_notes(seen)))


def _alt(seen: Conflicts) -> str:
    count = len(seen.pairs)
    said = "; ".join(
        f"{words}, taken for {names[0]} with {shares[0]:.0%}"
        for words, names, shares in zip(
            seen.both.shown.words, seen.both.names, seen.both.probability.tolist(), strict=True
        )
    )
    alone = "; ".join(
        f"{words}, taken for {names[0]} with {shares[0]:.0%}"
        for part in (seen.contents, seen.styles)
        for words, names, shares in zip(part.shown.words, part.names, part.probability.tolist(), strict=True)
    )
    whole = "One picture" if count == 1 else f"{count} pictures"
    return (
        f"{whole} whose shape and texture disagree, as {seen.both.network} sees them: {said}. By themselves: {alone}."
    )


def _values(seen: Conflicts) -> dict[str, Value]:
    values: dict[str, Value] = {
        "pairs": len(seen.pairs),
        "follow_content": seen.following("content"),
        "follow_style": seen.following("style"),
        "follow_neither": seen.following(""),
    }
    for kind, several in (("before", seen.before), ("after", seen.after)):
        values |= {f"{kind}-{place}": share for place, share in enumerate(several.tolist(), start=1)}
    for kind, part in (("content", seen.contents), ("style", seen.styles), ("conflict", seen.both)):
        for place, (names, shares) in enumerate(zip(part.names, part.probability.tolist(), strict=True), start=1):
            values |= {f"{kind}-{place}": names[0], f"probability-{kind}-{place}": shares[0]}
    return values


def _notes(seen: Conflicts) -> Iterator[str]:
    count = len(seen.pairs)
    shape, texture = seen.following("content"), seen.following("style")
    yield (
        f"Of {count} first answers in conflict {shape} {'names' if shape == 1 else 'name'} the content's class, "
        f"{texture} the style's, {count - shape - texture} neither."
        if count > 1
        else f"The first answer in conflict names {_followed(shape, texture)}."
    )
    yield _lost(seen)
    yield _marks(seen)
    yield from _made(seen)


def _followed(shape: int, texture: int) -> str:
    return (
        "the content's class"
        if shape
        else "the style's class"
        if texture
        else "neither the content's class nor the style's"
    )


def _lost(seen: Conflicts) -> str:
    """Say what remains of the contents' own classes."""
    if len(seen.right) > 1:
        before, after = (_percent(float(shares.mean())) for shares in (seen.before, seen.after))
        return f"Mean probability of the content's own class: {before} by itself, {after} in conflict."
    names = " or ".join(seen.contents.classes[number] for number in seen.right[0])
    after = listed([_percent(share) for share in seen.after.tolist()])
    return f"Probability of {names}: {_percent(float(seen.before[0]))} by itself, {after} in conflict."


def _percent(share: float) -> str:
    return f"{share:.1%}" if share >= 0.001 else "less than 0.1%"


def _marks(seen: Conflicts) -> str:
    whose = (
        "as the author says" if seen.told else f"by a label, else by what {seen.both.network} answers to it as it is"
    )
    return (
        f"A tick marks the picture's own class, {whose}; in conflict the tick is the content's class, and a cross "
        "the style's, or a first answer that is neither."
    )


def _made(seen: Conflicts) -> Iterator[str]:
    if seen.stylised is None:
        yield _MADE[seen.method]
        return
    steps = seen.recipe.steps
    what = "The conflict" if len(seen.pairs) == 1 else "Each conflict"
    yield (
        f"{_HOW[seen.method].format(what, seen.encoder)}: style from {listed(seen.recipe.style_layers)}, content from "
        f"{listed(seen.recipe.content_layers)}, {steps} steps from the content, strength {seen.recipe.strength:g}."
    )
    errors = [(curve[0], curve[-1]) for curve in seen.stylised.style.tolist()]
    first, last = (sum(ends) / len(errors) for ends in zip(*errors, strict=True))
    yield f"Mean relative error of the style's statistics: {first:.2f} at the first step, {last:.2f} at the last."
