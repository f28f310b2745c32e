"""Boxes: notes, tips, warnings, asides, margin notes and parts that unfold."""

from __future__ import annotations

from builder.markdown.directives import Block
from builder.markdown.parts import Callout, Details, MarginNote

CALLOUTS = ("note", "tip", "warning", "aside")
CLOSED = ("false", "no", "0")


def element(block: Block, title: str, html: str) -> Callout | Details | MarginNote:
    """Make the element of a directive that is no figure and no picture."""
    label = block.options.get("name") or None
    if block.name == "margin":
        return MarginNote(html, label, block.classes)
    if block.name == "details":
        is_open = "open" in block.options and block.options["open"].lower() not in CLOSED
        return Details(title or "Details", html, is_open, label, block.width, block.classes)
    return Callout(block.name, title, html, label, block.width, block.classes)
