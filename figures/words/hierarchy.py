"""A walk down from a unit, in words and numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from figures.words import Value, Words
from figures.words.phrases import written

if TYPE_CHECKING:
    from figures.methods.walks.walk import Node, Walk

GUIDED, MIXED = "guided", "gradient, then guided"


def hierarchy(seen: Walk) -> Words:
    """Say which units compose which, what their edges weigh, and what the sums leave out."""
    return Words(_alt(seen), _values(seen), tuple(_notes(seen)))


def _top(seen: Walk) -> str:
    top = seen.nodes[0]
    return f"{top.name} ({top.label})" if top.label else top.name


def _alt(seen: Walk) -> str:
    steps = [
        f"{seen.nodes[number].name} of {', '.join(seen.nodes[at].name for at in seen.children(number))}"
        for number in seen.sums
    ]
    return (
        f"A tree of units of {seen.network}, from {_top(seen)} down to {seen.nodes[-1].unit.layer}, in the picture "
        f"{seen.word}: {'; '.join(steps)}."
    )


def _values(seen: Walk) -> dict[str, Value]:
    """Quote the way down and every edge.

    `child-1` is the strongest unit below the top, `child-2` that below the unit that is gone on from, and so on.
    Of every unit there are `weight-head-287` and `share-head-287`, of one with children `children-…` and `sum-…`.
    """
    top = seen.nodes[0]
    values: dict[str, Value] = {"unit": top.name, "value": top.value, "nodes": len(seen.nodes), **_way(seen)}
    for node in reversed(seen.nodes[1:]):
        values |= {f"weight-{_key(node)}": node.signed, f"share-{_key(node)}": node.share}
    for number, found in reversed([*seen.sums.items()]):
        key, below = _key(seen.nodes[number]), [seen.nodes[at] for at in seen.children(number)]
        values |= {f"children-{key}": ", ".join(node.name for node in below), f"sum-{key}": found.total}
    return values


def _way(seen: Walk) -> dict[str, Value]:
    values: dict[str, Value] = {}
    at, step = 0, 1
    while children := seen.children(at):
        first = seen.nodes[children[0]]
        values |= {f"child-{step}": first.name, f"weight-{step}": first.signed, f"share-{step}": first.share}
        at, step = next((one for one in children if one in seen.sums), children[0]), step + 1
    return values


def _key(node: Node) -> str:
    """Name a unit as the key of a value can, without a colon."""
    return str(node.unit.channel).replace(":", "-")


def _notes(seen: Walk) -> Iterator[str]:
    yield (
        "Each unit stands above those of a lower layer that add most to it, its activation times the gradient of the "
        "upper unit, summed over its map: the wider a line, the larger its share of all absolute weights. Solid red "
        "adds, dashed blue takes away. Every unit is read where it adds most to the one above it."
    )
    kinds = "a part of the picture, what of it drives the unit by way of the one above it"
    more = f", and what the unit sees where it answers most in {seen.dataset}" if seen.patches else ""
    yield f"The pictures of a unit: {kinds}{more}. Each is scaled by itself."
    yield from _of_rules(seen)
    yield from _of_sums(seen)
    yield from _of_signs(seen)


def _of_rules(seen: Walk) -> Iterator[str]:
    if not any(rule in (GUIDED, MIXED) for rule in seen.rules):
        yield f"{seen.network} has no rectifiers to be guided by: what drives a unit is its gradient."
        return
    mixed = [node.name for node, rule in zip(seen.nodes, seen.rules, strict=True) if rule == MIXED]
    if mixed:
        yield (
            f"Guided backpropagation leaves nothing of {', '.join(mixed)} on its way down from the unit above; there "
            "the gradient was taken for that part."
        )


def _of_sums(seen: Walk) -> Iterator[str]:
    gaps = {at: one.total / one.value - 1 for at, one in seen.sums.items() if one.value}
    if gaps:
        far = max(gaps, key=lambda at: abs(gaps[at]))
        found, name = seen.sums[far], seen.nodes[far].name
        yield (
            "At each row stands what all units of the layer add up to, of the value above. They differ by biases, most "
            f"for {name}: {written(found.total)} of {written(found.value)}."
        )
    around = [f"{one.layer} for {seen.nodes[at].name}" for at, one in seen.sums.items() if one.around]
    if around:
        yield f"Paths that go round a layer are not counted: {', '.join(around)}."


def _of_signs(seen: Walk) -> Iterator[str]:
    lowered = [node.name for node in seen.nodes if node.unit.negative]
    if lowered:
        yield f"A minus behind a unit says that it answers below zero there: {', '.join(lowered)}."
    still = [node.name for node in seen.nodes if node.inactive]
    if still:
        yield f"Inactive, with nothing below: {', '.join(still)}."
