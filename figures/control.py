"""Set a negative control beside a figure: the same figure of a network that has not learned."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from figures.artifact import Artifact, Chart, Image, Sprite, Table
from figures.methods import models
from figures.methods.models import Model

WORDS = "Control: the same network before training"


def with_control(draw: Callable[[Model], Artifact], network: Model, control: bool) -> Artifact:
    """Draw the figure of a network; where a control is asked for, the same of it before training beside it.

    A network that never was trained has none. What cannot be drawn of the control is told in a note, and the
    figure stands.
    """
    made = draw(network)
    if not control or network.random:
        return made
    try:
        return beside(made, draw(models.untrained(network)))
    except ValueError as error:
        return replace(made, notes=(*made.notes, f"{WORDS}: {error}."))


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


def _named(part: Chart | Image | Sprite) -> Chart | Image | Sprite:
    return replace(part, name=f"control-{part.name}")


def _titled(title: str) -> Callable[[Chart | Image | Sprite], Chart | Image | Sprite]:
    return lambda part: replace(part, title=f"{title}. {part.title}".removesuffix(". "))
