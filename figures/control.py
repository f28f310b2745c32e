"""Set a negative control beside a figure: the same figure of a network that has not learned."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from figures.artifact import Artifact, Chart, Image, Sprite, Table

WORDS = "Control: the same network before training"


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
