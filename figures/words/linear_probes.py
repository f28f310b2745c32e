"""How well shape and texture can be read from layers, in words and numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from figures.words import Value, Words
from figures.words.phrases import listed

if TYPE_CHECKING:
    from figures.methods.probes.linear_probes import LinearProbes, Reading

_CUES = ("shape", "texture")
_STATES = {"as trained": "", "untrained": "untrained_"}


def linear_probes(seen: LinearProbes) -> Words:
    """Say what can be read from the first and the last layer of each network, and beside what to hold it."""
    return Words(_alt(seen), _values(seen), tuple(_notes(seen)))


def _alt(seen: LinearProbes) -> str:
    said = "; ".join(
        f"of {network}, {listed([_course(seen.of(network, 'as trained', cue)) for cue in _CUES])}"
        for network in seen.layers
    )
    beside = "the same networks untrained, raw pixels" if seen.controlled else "raw pixels"
    return (
        "How well a linear classifier names shape and texture from the layers of a network, on exemplars it has not "
        f"seen: {said}. Beside them {beside} and chance ({_chances(seen)})."
    )


def _course(readings: tuple[Reading, ...]) -> str:
    first, last, best = readings[0], readings[-1], max(readings, key=lambda one: one.mean)
    if len(readings) == 1:
        return f"{first.cue} {first.mean:.0%} in {first.layer}"
    most = "" if best in (first, last) else f" ({best.mean:.0%} in {best.layer})"
    return f"{first.cue} {first.mean:.0%} in {first.layer} to {last.mean:.0%} in {last.layer}{most}"


def _chances(seen: LinearProbes) -> str:
    both = seen.chance["shape"], seen.chance["texture"]
    return f"{both[0]:.1%}" if both[0] == both[1] else f"{both[0]:.1%} for shape, {both[1]:.1%} for texture"


def _values(seen: LinearProbes) -> dict[str, Value]:
    """Quote accuracies as `shape_mixed4b`, `untrained_texture_conv1`; among several networks with the name after it."""
    values: dict[str, Value] = {}
    for one in seen.readings:
        whose = f"_{one.network}" if len(seen.layers) > 1 else ""
        values[f"{_STATES[one.state]}{one.cue}_{one.layer}{whose}"] = one.mean
    values |= {f"pixels_{one.cue}": one.mean for one in seen.raw}
    return values | {f"chance_{cue}": chance for cue, chance in seen.chance.items()}


def _notes(seen: LinearProbes) -> Iterator[str]:
    yield f"Shown: {seen.pictures}; shape and texture are independent."
    yield from _kind(seen)
    shape, texture = ({one.cue: len(one.result.accuracy) for one in seen.raw}[cue] for cue in _CUES)
    folds = f"{shape} folds" if shape == texture else f"{shape} folds for shape, {texture} for texture"
    yield (
        f"{folds}: {seen.held_out}; bands run from the "
        "lowest to the highest fold. Multinomial logistic regression on standardised numbers; its penalty is "
        "chosen within the folds it is fitted on."
    )
    yield (
        "Raw pixels are read in the same way"
        + (f", averaged to {seen.raw[0].places[0]} × {seen.raw[0].places[1]} places" if seen.raw else "")
        + ". What can be read out need not be used by the network."
    )


def _kind(seen: LinearProbes) -> Iterator[str]:
    if seen.kind == "pooled":
        yield (
            "Each channel is averaged over the map. That hides shape where it lies in the places of answers: "
            "features flattened keep them."
        )
        return
    most = max(one.numbers for one in seen.readings)
    yield f"Maps are flattened; larger ones are averaged over neighbouring places, to {most} numbers at most."
