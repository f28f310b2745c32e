"""Boxes: notes, tips, warnings, asides, margin notes and parts that unfold."""

from __future__ import annotations

from builder.read.markdown.directives import CALLOUTS, Block
from builder.read.markdown.explained import Explained
from builder.read.markdown.parts import Callout, Details, MarginNote

EXPLAINED = Explained(
    title="Boxes and remarks",
    text="A box has the title that stands behind its name, or the word that it is called by; `:class: "
    "dropdown` or `:open:` let it unfold. `margin` goes beside the text, `details` unfolds. A directive "
    "around others has more colons than they.",
    example="""\
:::{note} Before you read on
Units are written `layer:index`.
:::

:::{details} How it was done
:open: false

With patience.
:::

:::{margin}
A remark.
:::""",
    directives=(*CALLOUTS, "margin", "details"),
)

FOLDED = ("dropdown", "toggle")
"""Classes that MyST gives to boxes that unfold."""


def element(block: Block, title: str, html: str) -> Callout | Details | MarginNote:
    """Make the element of a directive that is no figure and no picture."""
    label = block.options.get("name") or None
    if block.name == "margin":
        return MarginNote(html, label, block.classes)
    if block.name == "details":
        return Details(title or "Details", html, block.is_on("open"), label, block.width, block.classes)
    classes = tuple(name for name in block.classes if name not in FOLDED)
    folds = len(classes) < len(block.classes) or "open" in block.options
    fold = ("open" if block.is_on("open") else "closed") if folds else ""
    return Callout(block.name, title or CALLOUTS[block.name], html, label, block.width, classes, fold)
