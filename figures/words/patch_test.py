"""What a patch does to pictures, in words and numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from figures.words import Value, Words

if TYPE_CHECKING:
    from figures.methods.comparison.patch_test import PatchTest

ALL = "everywhere"


def patch_test(seen: PatchTest) -> Words:
    """Say which patch went onto which pictures, and how often the answer changed, of random crops too."""
    return Words(_alt(seen), _values(seen), tuple(_notes(seen)))


def _alt(seen: PatchTest) -> str:
    rates, (a, b) = seen.rates(), seen.pair.names
    flip = rates["flip", "patch", ALL]
    control = f", of random crops {rates['flip', 'control', ALL].share:.0%}" if seen.controls else ""
    return (
        f"{len(seen.shown.names)} pictures of {a}, as they are and with a patch from {seen.origins[0]} at "
        f"{len(seen.corners)} places. {seen.network} takes {flip.share:.0%} of them for {b} with the patch{control}."
    )


def _values(seen: PatchTest) -> dict[str, Value]:
    """Quote success rates, `flip` where the top answer becomes the second class and `over` where it is likelier."""
    first, second = seen.pair.numbers
    values: dict[str, Value] = {
        "pictures": len(seen.shown.names),
        "places": len(seen.corners),
        "source": seen.origins[0],
        "before_first": float(seen.before[:, first].mean()),
        "before_second": float(seen.before[:, second].mean()),
        "after_first": float(seen.after[0, ..., first].mean()),
        "after_second": float(seen.after[0, ..., second].mean()),
        **({"control_after_first": float(seen.after[1:, ..., first].mean())} if seen.controls else {}),
        **({"control_after_second": float(seen.after[1:, ..., second].mean())} if seen.controls else {}),
        "before_flip": float(seen.flips(seen.before).mean()),
        "before_over": float(seen.overtakes(seen.before).mean()),
    }
    for (measure, whose, place), rate in seen.rates().items():
        if place == ALL:
            name = measure if whose == "patch" else f"control_{measure}"
            values |= {name: rate.share, f"{name}_low": rate.ends[0], f"{name}_high": rate.ends[1]}
    return values


def _notes(seen: PatchTest) -> Iterator[str]:
    a, b = seen.pair.names
    how = f", chosen {seen.chosen}" if seen.chosen else ""
    yield f"{len(seen.shown.names)} pictures of {a}{how}. The patch covers {seen.share:.0%} of their side."
    if seen.found:
        yield (
            f"The patch is the crop whose middle adds most to {b} rather than to {a}, of pictures that are not tested "
            "and share no label with one that is."
        )
    yield _counted(seen)
    yield _likelihood(seen)
    if seen.flips(seen.before).any() or seen.overtakes(seen.before).any():
        yield (
            f"Before any patch {seen.flips(seen.before).mean():.0%} are taken for {b}, and of "
            f"{seen.overtakes(seen.before).mean():.0%} {b} is likelier than {a}."
        )


def _likelihood(seen: PatchTest) -> str:
    """Tell what patches do to mean probabilities, for answers may stay as they are."""
    told = []
    for number, name in zip(seen.pair.numbers, seen.pair.names, strict=True):
        control = f" (with random crops {seen.after[1:, ..., number].mean():.1%})" if seen.controls else ""
        told.append(
            f"of {name} {seen.before[:, number].mean():.1%}, then {seen.after[0, ..., number].mean():.1%}{control}"
        )
    return f"Mean probabilities before and with the patch: {'; '.join(told)}."


def _counted(seen: PatchTest) -> str:
    rate = seen.rates()["flip", "patch", ALL]
    low, high = rate.ends
    control = ""
    if seen.controls:
        other = seen.rates()["flip", "control", ALL]
        control = f", with {seen.controls} random crops of the same size {other.hits} of {other.trials}"
    return (
        f"With the patch {rate.hits} of {rate.trials} answers become {seen.pair.names[1]} (95 % interval {low:.0%} to "
        f"{high:.0%}, Wilson){control}. Answers to one picture at several places hang together, so true intervals are "
        "wider."
    )
