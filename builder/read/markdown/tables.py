"""Captions of tables: a line `Table: text {#tbl-name}` above them."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from builder.read.markdown.attributes import trailing
from builder.read.markdown.explained import Explained

EXPLAINED = Explained(
    title="Tables",
    text="Colons in the second line align a column. A line `Table:` above gives a caption, a name and a width.",
    example="""\
Table: Layers of a small network {#tbl-small-layers width=text}

| layer | units |
|-------|------:|
| conv1 |    16 |

@tbl-small-layers is small.""",
)

ALIGNED = re.compile(r"text-align:\s*(\w+);?")
CAPTION = re.compile(r"Table:\s+", re.IGNORECASE)


def install(md: MarkdownIt) -> None:
    """Find captions before inline text is parsed; name the alignment of cells."""
    md.core.ruler.before("inline", "table_captions", take_captions)
    md.core.ruler.before("inline", "table_alignment", name_alignment)


def name_alignment(state: StateCore) -> None:
    """Turn the style of a cell into a class: a strict policy forbids styles in the text of a page."""
    for token in state.tokens:
        style = str(token.attrs.get("style", "")) if token.type in ("th_open", "td_open") else ""
        if aligned := ALIGNED.fullmatch(style):
            del token.attrs["style"]
            token.attrJoin("class", f"to-{aligned[1]}")


def take_captions(state: StateCore) -> None:
    """Move a caption into its table: `table_open`, `caption_open`, text, `caption_close`, …"""
    tokens, kept, index = state.tokens, [], 0
    while index < len(tokens):
        if _is_caption(tokens, index):
            kept += _captioned(tokens[index + 3], tokens[index + 1], tokens[index].attrs)
            index += 4
        else:
            kept.append(tokens[index])
            index += 1
    state.tokens = kept


def _is_caption(tokens: list[Token], index: int) -> bool:
    if tokens[index].type != "paragraph_open":
        return False
    kinds = [token.type for token in tokens[index + 1 : index + 4]]
    return kinds == ["inline", "paragraph_close", "table_open"] and bool(CAPTION.match(tokens[index + 1].content))


def _captioned(table: Token, text: Token, attributes: dict[str, str | int | float]) -> list[Token]:
    text.content, own = trailing(CAPTION.sub("", text.content, count=1))
    table.attrs = {**attributes, **table.attrs, **own}
    return [table, Token("caption_open", "", 1), text, Token("caption_close", "", -1)]


def parted(inside: list[Token]) -> tuple[list[Token], list[Token]]:
    """Part the caption of a table from its rows."""
    if inside and inside[0].type == "caption_open":
        return inside[1:2], inside[3:]
    return [], inside
