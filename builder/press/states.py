"""Figures among which a reader chooses, set into one: which part of them, and which control, is seen when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from builder.engine.artifacts import Control, FigureRecord, KeptPart
from builder.plan.choices import Choice
from builder.press.views import FigureView, StateView

Seen = tuple[Control, Mapping[str, str]]


def joined(choices: Sequence[Choice], views: Sequence[tuple[Sequence[str], FigureView]]) -> FigureView:
    """Give the first of several figures the others; each is given with the labels that choose it."""
    same = len({view.record.controls for _, view in views}) == 1
    taken = {choice.name for choice in choices}
    looks = []
    for number, (labels, view) in enumerate(views):
        shown = {choice.name: label for choice, label in zip(choices, labels, strict=True)}
        names = {one.name: _name(one.name, "" if same else str(number), taken) for one in view.record.controls}
        controls = () if same and number else _controls(view.record, names, {} if same else shown)
        looks.append(StateView(view, shown, controls, _parts(view.record, names, shown)))
    random = dict.fromkeys(name for _, view in views for name in view.random)
    return replace(views[0][1], choices=tuple(choices), states=tuple(looks), random=tuple(random))


def words(choices: Sequence[Choice], labels: Sequence[str]) -> str:
    """Say which state labels choose."""
    return " · ".join(f"{choice.title} {label}" for choice, label in zip(choices, labels, strict=True))


def _name(name: str, number: str, taken: set[str]) -> str:
    """Name a control of a figure apart from choices, and from those of other states where they differ."""
    return f"{name}-{number or 'own'}" if number or name in taken else name


def _controls(record: FigureRecord, names: Mapping[str, str], shown: Mapping[str, str]) -> tuple[Seen, ...]:
    return tuple((replace(one, name=names[one.name]), shown) for one in record.controls)


def _parts(record: FigureRecord, names: Mapping[str, str], shown: Mapping[str, str]) -> tuple[KeptPart, ...]:
    own = ({names[name]: label for name, label in part.shown.items()} for part in record.parts)
    return tuple(replace(part, shown={**shown, **labels}) for part, labels in zip(record.parts, own, strict=True))
