"""What units do to classes, in words and numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from figures.words import Value, Words
from figures.words.phrases import listed

if TYPE_CHECKING:
    from figures.methods.ablation.ablated import Ablated

_NAMED = 6
DONE = {"zero": "taken out", "mean": "held at their mean", "push": "pushed"}


def ablation(seen: Ablated, shown: int) -> Words:
    """Say what is changed, what that does to the `shown` classes that change most, and what random sets do."""
    return Words(_alt(seen, shown), _values(seen), tuple(_notes(seen)))


def done(seen: Ablated) -> str:
    """Say what is done to the units: `taken out`, `held at their mean`, `pushed by 3 σ`."""
    return f"pushed by {seen.doses[-1]:g} σ" if seen.edit == "push" else DONE[seen.edit]


def right(seen: Ablated) -> str:
    """Name the share of images that keep their class."""
    return "accuracy" if seen.labelled else "share of answers kept"


def _counted(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _who(seen: Ablated) -> str:
    if len(seen.names) > _NAMED:
        return f"{len(seen.names)} units of {seen.layer}"
    return listed(seen.names)


def _shown(seen: Ablated) -> str:
    return seen.shown if seen.single else f"{_counted(seen.images, 'image')} of {seen.shown}"


def _alt(seen: Ablated, shown: int) -> str:
    order = seen.most(shown)
    change = seen.changes()[0, -1]
    told = "; ".join(f"{seen.classes[number]} {change[number]:+.2g}" for number in order)
    beside = f" beside {seen.random_sets} random sets of as many units" if seen.random_sets else ""
    return (
        f"What {_who(seen)} of {seen.network} do to the classes of {seen.head}, {done(seen)}{beside}, over "
        f"{_shown(seen)}. Changes of {seen.change}: {told}. Rank {seen.rank} of "
        f"{seen.random_sets + 1} by the probability that moves, {seen.moved[0]:.2g}."
    )


def _values(seen: Ablated) -> dict[str, Value]:
    accuracies = seen.accuracies[:, -1]
    change, order = seen.changes()[0, -1], seen.most(1)
    values: dict[str, Value] = {
        "units": len(seen.units),
        "images": seen.images,
        "accuracy": seen.accuracy,
        "accuracy_changed": float(accuracies[0]),
        "drop": seen.accuracy - float(accuracies[0]),
        "moved": float(seen.moved[0]),
        "carried": float(seen.effect.carried[0]),
        "most_changed": seen.classes[order[0]],
        "largest": float(change[order[0]]),
        "rank": seen.rank,
        "sets": seen.random_sets + 1,
    }
    if seen.random_sets:
        quantities = {
            "drop": seen.accuracy - accuracies[1:],
            "moved": seen.moved[1:],
            "largest": seen.largest()[1:],
            "carried": seen.effect.carried[1:],
        }
        for name, found in quantities.items():
            values |= {
                f"random_{name}": float(found.mean()),
                f"random_{name}_least": float(found.min()),
                f"random_{name}_most": float(found.max()),
            }
    return values


def _notes(seen: Ablated) -> Iterator[str]:
    yield f"{_what(seen)}; the network goes on from there, over {_shown(seen)}."
    rate = seen.accuracies[:, -1]
    reference = "the label" if seen.labelled else "what the network answers as it is"
    yield f"The class of an image is {reference}: {right(seen)} {seen.accuracy:.1%}, so changed {rate[0]:.1%}."
    if seen.random_sets:
        yield from _of_random_sets(seen)
    else:
        yield f"{seen.layer} has too few other units for random sets beside: what is drawn cannot be told from chance."


def _what(seen: Ablated) -> str:
    if seen.edit == "push":
        return (
            f"{_who(seen)} answer up to {seen.doses[-1]:g} σ more everywhere, σ each unit's own standard deviation "
            "over all places and images"
        )
    how = "zero" if seen.edit == "zero" else "its mean over all places and images"
    return f"{_who(seen)} {'answers' if len(seen.units) == 1 else 'answer'} {how} everywhere"


def _size(seen: Ablated, value: float) -> str:
    return f"{value:.2g}" if seen.change == "logit" else f"{value:.2%}"


def _of_random_sets(seen: Ablated) -> Iterator[str]:
    rate, moved, carried = seen.accuracies[1:, -1], seen.moved, seen.effect.carried
    others = _counted(len(seen.units), "other unit")
    yield (
        f"Grey: {seen.random_sets} random sets of {others} of {seen.layer}, from the least to the most; one more would "
        f"lie within in {seen.covers:.0%} of cases. Their {right(seen)} is {rate.mean():.1%} ({rate.min():.1%} to "
        f"{rate.max():.1%})."
    )
    far = seen.largest()
    yield (
        f"Dots are the classes that change most, by up to {_size(seen, far[0])}. The class that a random set changes "
        f"most it changes by {_size(seen, far[1:].mean())} on average (dotted; {_size(seen, far[1:].min())} to "
        f"{_size(seen, far[1:].max())})."
    )
    yield (
        f"The units carry {carried[0]:.1%} of the layer's mean activation, the random sets {carried[1:].mean():.1%} "
        f"({carried[1:].min():.1%} to {carried[1:].max():.1%}). They move {moved[0]:.2%} of probability, rank "
        f"{seen.rank} of {len(moved)}."
    )
