"""Which concepts units name, in words and numbers."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from figures.words import Value, Words

if TYPE_CHECKING:
    from figures.methods.dissection.dissected import Dissected

LEARNED, TURNED, CONTROL = "as learned", "directions at random", "before training"
SCORES = {"iou": "overlap", "auc": "AUC"}
_PREFIX = {LEARNED: "", TURNED: "random_", CONTROL: "control_"}
_SHOWN = 5


def dissection(seen: Dissected) -> Words:
    """Say how many units of which layers name which concepts, in which basis, by which measure."""
    return Words(_alt(seen), _values(seen), tuple(_notes(seen)))


def _alt(seen: Dissected) -> str:
    shares = "; ".join(f"{basis} {seen.share(basis):.0%}" for basis in seen.bases)
    named = "; ".join(f"{one.unit} {one.concept} {one.score:.2f}" for one in seen.best(_SHOWN))
    best = f" The best: {named}." if named else ""
    return (
        f"The share of units of {', '.join(seen.layers)} of {seen.network} that name a concept of {seen.dataset}, by "
        f"family: {shares}.{best}"
    )


def _values(seen: Dissected) -> dict[str, Value]:
    values: dict[str, Value] = {"images": seen.images, "concepts": len(seen.concepts.names), "least": seen.least}
    for basis in seen.bases:
        prefix = _PREFIX[basis]
        values |= {f"{prefix}share": seen.share(basis), f"{prefix}different": seen.different(basis)}
    for layer, basis, family, units, _, concepts in seen.counts():
        if basis == LEARNED:
            values |= {f"{layer}-{family}": units, f"{layer}-{family}-different": concepts}
    best = seen.best(1)
    values |= {"best_unit": best[0].unit, "best_concept": best[0].concept, "best": best[0].score} if best else {}
    return values


def _notes(seen: Dissected) -> Iterator[str]:
    count = len(seen.concepts.names)
    yield f"{seen.images} images of {seen.dataset}; {count} concepts: {', '.join(seen.families)}. {_measured(seen)}"
    yield (
        f"A unit's concept is chosen on one half of the images; it names it where the score on the other half is "
        f"{seen.least:g} or more."
    )
    yield from _beside(seen)
    if seen.too_large:
        named = ", ".join(seen.too_large)
        yield f"Of too many pixels to be named by a unit that is on at {seen.top:.1%} of places: {named}."
    if seen.never_on:
        yield (
            f"{seen.never_on} units are never on: they answer the same highest value at more than {seen.top:.1%} of "
            "places, as where a rectifier cuts off or nothing comes in."
        )
    if seen.unjudged:
        yield f"Of too few images to be judged: {', '.join(seen.unjudged)}."


def _measured(seen: Dissected) -> str:
    if seen.measure == "auc":
        return (
            "The score is the AUC: how often a unit's maximum is higher in an image of the concept than in another; "
            "0.5 is chance."
        )
    return (
        f"The score is the overlap of masks, intersection over union: where the unit's enlarged map is above its "
        f"own highest {seen.top:.1%}, and where the concept is (Bau et al., 2017)."
    )


def _beside(seen: Dissected) -> Iterator[str]:
    count = {basis: seen.different(basis) for basis in seen.bases}
    shares = {
        basis: f"{seen.share(basis):.1%} ({number} {'concept' if number == 1 else 'concepts'})"
        for basis, number in count.items()
    }
    text = f"Of the units {shares[LEARNED]} name a concept; of as many directions at random in the same layers"
    yield f"{text}, activations times a random orthogonal matrix, {shares[TURNED]}. {_verdict(seen)}"
    if CONTROL in shares:
        yield f"Of the units of the network before training, its weights random, {shares[CONTROL]} do."


def _verdict(seen: Dissected) -> str:
    """Compare units with directions; a difference within two standard errors of shares is none."""
    own, turned = seen.share(LEARNED), seen.share(TURNED)
    error = math.sqrt((own * (1 - own) + turned * (1 - turned)) / seen.units)
    if abs(own - turned) <= 2 * error:
        return "That is no clear difference: single units lie no closer to these concepts than random directions."
    return f"Single units lie {'closer to' if own > turned else 'farther from'} these concepts than random directions."
