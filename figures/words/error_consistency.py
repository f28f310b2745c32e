"""How alike the errors of observers are, in words and numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from figures.words import Value, Words
from figures.words.cue_conflict import grouping
from figures.words.phrases import key, written

if TYPE_CHECKING:
    from figures.methods.observers.consistency import Agreement

RULE = (
    "κ = (observed − expected) / (1 − expected), over the images that both answered, those whose cues agree left out: "
    "0 where two observers agree as often as their accuracies alone would make them, 1 where they err in the same "
    "images."
)

GROUPS = {
    frozenset({"human"}): "people",
    frozenset({"network"}): "networks",
    frozenset({"human", "network"}): "between",
}


def error_consistency(
    agreements: Sequence[Agreement], kinds: Mapping[str, str], cue: str, grouped: Mapping[str, tuple[int, int]]
) -> Words:
    """Say κ of every two observers, and its mean among people, among networks, and between them.

    `kinds` are those of the observers; `grouped` says what `cue_conflict.grouping` tells.
    """
    notes = (_right(cue), RULE, *_undefined(agreements), *grouping(grouped))
    return Words(_alt(agreements, cue), _values(agreements, kinds), notes)


def _alt(agreements: Sequence[Agreement], cue: str) -> str:
    known = sorted((one for one in agreements if one.kappa is not None), key=lambda one: one.kappa or 0)
    start = f"How alike the errors of every two observers are, where naming the {cue} is right"
    if not known:
        return f"{start}: undefined for all."
    least, most = known[0], known[-1]
    if len(known) == 1:
        return f"{start}: {_told(most)}."
    return f"{start}: most of all {_told(most)}; least {_told(least)}."


def _told(one: Agreement) -> str:
    return f"{one.first} and {one.second}, κ {written(one.kappa or 0, '.2f')}"


def _right(cue: str) -> str:
    return f"An answer counts as right that names the {cue}; on the diagonal stands how much each observer gets right."


def _undefined(agreements: Sequence[Agreement]) -> tuple[str, ...]:
    apart = [one for one in agreements if not one.n]
    sure = [one for one in agreements if one.n and one.kappa is None]
    notes = [f"{apart[0].first} and {apart[0].second} have no image in common."] if apart else []
    notes += [f"{sure[0].first} and {sure[0].second} are always right or always wrong: κ is undefined."] if sure else []
    return tuple(notes)


def _values(agreements: Sequence[Agreement], kinds: Mapping[str, str]) -> dict[str, Value]:
    """Give `kappa_a_b`, `observed_a_b` and `expected_a_b` of every pair, and the means by kind."""
    values: dict[str, Value] = {}
    for one in agreements:
        pair = f"{key(one.first)}_{key(one.second)}"
        values |= {f"{what}_{pair}": _known(getattr(one, what)) for what in ("kappa", "observed", "expected")}
    return values | _means(agreements, kinds)


def _means(agreements: Sequence[Agreement], kinds: Mapping[str, str]) -> dict[str, Value]:
    """Give `kappa_people`, `kappa_networks` and `kappa_between`, each where it is defined for a pair."""
    groups: dict[str, list[float]] = {}
    for one in agreements:
        if one.kappa is not None:
            groups.setdefault(GROUPS[frozenset((kinds[one.first], kinds[one.second]))], []).append(one.kappa)
    return {f"kappa_{group}": sum(several) / len(several) for group, several in groups.items()}


def _known(value: float | None) -> Value:
    return "undefined" if value is None else value
