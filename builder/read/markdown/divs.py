"""Heads of blocks as Pandoc, Quarto and Docusaurus have them, in the words of a directive."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence

NAME = re.compile(r"\{?\s*\.?(?:callout-|admonition-)?([A-Za-z][\w-]*)")
LABELLED = re.compile(r"\{\s*#(fig|tbl|thm|lem|cor|def|exm|prp)-")
MEANT = {
    "columns": "subfigures", "column": "subfigures", "layout": "subfigures", "grid": "subfigures",
    "panel-tabset": "tabs", "tabs-item": "tab", "aside": "aside", "column-margin": "margin", "column-page": "note",
    "info": "note", "success": "tip", "quote": "aside", "collapse": "details", "spoiler": "details", "fold": "details",
    "callout": "note", "question": "note", "example": "admonition", "code-group": "tabs", "sidenote": "margin",
}  # fmt: skip
"""What blocks are called elsewhere, and what comes nearest here."""
THINGS = {"fig": "subfigures", "tbl": "csv-table", "thm": "theorem", "lem": "lemma", "cor": "corollary"}
CUTOFF = 0.75


def meant(head: str, names: Sequence[str]) -> str:
    """Write how the directive begins that a head of another system asks for, ":::{name}" where nothing is near."""
    if labelled := LABELLED.match(head.strip()):
        return f":::{{{THINGS.get(labelled[1], 'note')}}}"
    match = NAME.match(head.strip())
    word = match[1].lower() if match else ""
    near = difflib.get_close_matches(word, names, n=1, cutoff=CUTOFF)
    return f":::{{{word if word in names else MEANT.get(word) or next(iter(near), 'name')}}}"
