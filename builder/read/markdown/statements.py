"""Statements with numbers: theorems, definitions, algorithms and their like, and the proofs that go with them."""

from __future__ import annotations

from markdown_it.token import Token

from builder.read.markdown.directives import Block
from builder.read.markdown.elements import STATEMENTS
from builder.read.markdown.explained import Explained
from builder.read.markdown.parts import Callout

EXPLAINED = Explained(
    title="Theorems, definitions, algorithms",
    text="Each kind is counted by itself. Behind its kind stands what it is called, if anything; "
    + ", ".join(f"`@{prefix}name`" for prefix, _ in STATEMENTS.values())
    + " lead to what has this name, with its number. A `proof` has none.",
    example="""\
:::{definition} Curve detector
:name: detector

A unit that answers arcs in one direction more than in any other.
:::

:::{theorem}
A unit that answers all directions alike is no curve detector.
:::

:::{proof}
By @def-detector.
:::""",
    directives=tuple(STATEMENTS),
)


def element(block: Block, token: Token, title: str, html: str) -> Callout:
    """Make the box of a statement whose number and label its token has."""
    _, word = STATEMENTS[block.name]
    head = f"{word}\N{NO-BREAK SPACE}{token.meta['number']}"
    title = f"{head}. {title}" if title else head
    return Callout(block.name, title, html, token.meta["label"], block.width, block.classes)
