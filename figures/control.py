"""Set a negative control beside a figure: the same figure of a network that has not learned."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from figures.artifact import Artifact, Part, Table
from figures.methods import models
from figures.methods.models import Model

WORDS = "Control: the same network before training"


def drawn(function: Callable[..., Artifact], parameters: Mapping[str, Any]) -> Artifact:
    """Draw a figure with its parameters, and beside it the same of the network `model` before training."""
    model = str(parameters.get("model", inspect.signature(function).parameters["model"].default))
    return with_control(lambda network: function(**{**parameters, "model": network.name}), models.load(model), True)


def with_control(draw: Callable[[Model], Artifact], network: Model, control: bool) -> Artifact:
    """Draw the figure of a network; where a control is asked for, the same of it before training beside it.

    A network that never was trained has none. What cannot be drawn of the control is told in a note, and the
    figure stands.
    """
    artifact = draw(network)
    if not control or network.random:
        return artifact
    try:
        return beside(artifact, draw(models.untrained(network)))
    except ValueError as error:
        return replace(artifact, notes=(*artifact.notes, f"{WORDS}: {error}."))


def beside(artifact: Artifact, control: Artifact, words: str = WORDS, own: str = "As trained") -> Artifact:
    """Join a figure and its control: parts one after the other under titles, rows told apart by a column.

    The control's values have names that begin with `control_`; its notes, where they differ, begin so too;
    its alternative text follows `words`; `own` stands above the figure itself.
    """
    parts = (*map(_titled(own), artifact.parts), *map(_titled(words), map(_named, control.parts)))
    columns = ("shown", *artifact.table.columns)
    rows = [("figure", *row) for row in artifact.table.rows] + [("control", *row) for row in control.table.rows]
    return replace(
        artifact,
        alt=f"{artifact.alt} {words}. {control.alt}",
        parts=parts,
        table=Table(columns, tuple(rows)),
        values={**artifact.values, **{f"control_{key}": value for key, value in control.values.items()}},
        notes=(*artifact.notes, *(f"Control: {note}" for note in control.notes if note not in artifact.notes)),
    )


def _named(part: Part) -> Part:
    return replace(part, name=f"control-{part.name}")


def _titled(title: str) -> Callable[[Part], Part]:
    return lambda part: replace(part, title=f"{title}. {part.title}".removesuffix(". "))
