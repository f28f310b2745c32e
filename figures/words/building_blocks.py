"""Groups of channels that make up a picture, in words and numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from figures.words import Value, Words
from figures.words.phrases import written

if TYPE_CHECKING:
    from figures.methods.blocks.groups import BuildingBlocks

_MUCH = 0.05
"""From which share on what is left out is worth a note."""


def building_blocks(seen: BuildingBlocks) -> Words:
    """Say what groups explain and what they add; values go by group and class, both from 1: `adds-2-1`, `explained-2`.

    `class-1` is a class's name, `total-1` what the whole layer adds to it, `rest-1` what no group does.
    """
    groups = seen.groups
    values: dict[str, Value] = {"groups": len(groups.share), "error": float(groups.error), "below": float(groups.below)}
    values |= {f"explained-{group}": share for group, share in enumerate(groups.share.tolist(), 1)}
    for number, name in enumerate(seen.names, 1):
        numbers = groups.attributed[number - 1].tolist()
        values |= {f"class-{number}": name, f"logit-{number}": float(groups.logit[number - 1])}
        values |= {f"total-{number}": float(groups.total[number - 1]), f"rest-{number}": float(groups.rest[number - 1])}
        values |= {f"adds-{group}-{number}": value for group, value in enumerate(numbers, 1)}
    return Words(_alt(seen), values, tuple(_notes(seen)))


def _alt(seen: BuildingBlocks) -> str:
    count = len(seen.groups.share)
    best = ", ".join(
        f"{name} by group {int(np.argmax(added)) + 1} ({added.max():+.2f})"
        for name, added in zip(seen.names, seen.groups.attributed, strict=True)
    )
    return (
        f"{seen.word.capitalize()} split into {count} group{'s' if count > 1 else ''} of channels of {seen.layer} of "
        f"{seen.network}: for each what it looks for, where it lies, and what it adds to classes. Most adds to {best}."
    )


def _notes(seen: BuildingBlocks) -> Iterator[str]:
    groups = seen.groups
    yield (
        f"Groups are a non-negative factorisation of the activations of {seen.layer}, what explains most first; "
        f"together they leave an error of {groups.error:.0%} of the activations' length."
    )
    yield (
        f"Bars are activation × gradient of the logit, in one scale; the groups and the rest add up to all that "
        f"{seen.layer} adds. {_against(seen)}"
    )
    if groups.below > _MUCH:
        yield (
            f"{groups.below:.0%} of the squares of {seen.layer} lie below zero, which no group can hold: they are "
            "part of the rest."
        )
    yield "What a group looks for is made without the picture, to raise its mixture of channels at one position."


def _against(seen: BuildingBlocks) -> str:
    """Set what the layer adds beside the logit: gradients hold here, not on the way from nothing."""
    pairs = zip(seen.names, seen.groups.total, seen.groups.logit, strict=True)
    told = ", ".join(f"{written(total, '.1f')} of {written(logit, '.1f')} for {name}" for name, total, logit in pairs)
    return f"That is not the logit, for biases and bends lie between: {told}."
