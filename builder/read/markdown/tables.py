"""Captions of tables: a line `Table: text {#tbl-name}` above them."""

from __future__ import annotations

import re
from collections.abc import Callable

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.table import escapedSplit
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from builder.read.markdown.attributes import trailing
from builder.read.markdown.explained import Explained
from builder.read.markdown.source import Source

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
CAPTION = re.compile(r"(?:Table)?:\s+", re.IGNORECASE)
RULED = ("|", "-", ":")
"""With one of these begins the line below the head of a table."""


def install(md: MarkdownIt) -> None:
    """Find captions before inline text is parsed; name the alignment of cells."""
    md.core.ruler.before("inline", "table_captions", take_captions)
    md.core.ruler.before("inline", "table_alignment", name_alignment)
    rules = {rule.name: rule for rule in md.block.ruler.__rules__}
    md.block.ruler.at("table", counted(rules["table"].fn), {"alt": rules["table"].alt})


def cells(line: str) -> list[str]:
    """Part a line of a table."""
    return escapedSplit(line.strip().strip("|")) if line.strip().strip("|") else []


def counted(rule: Callable[[StateBlock, int, int, bool], bool]) -> Callable[[StateBlock, int, int, bool], bool]:
    """Remember of a table which of its lines have more cells than its head: they would be dropped."""

    def run(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        below = state.bMarks[start + 1] + state.tShift[start + 1]
        count = len(state.tokens)
        if state.src[below : below + 1] not in RULED or not rule(state, start, end, silent):
            return False
        made = state.tokens[count:]
        if made:
            wide = sum(token.type == "th_open" for token in made)
            texts = [
                (n, state.src[state.bMarks[n] + state.tShift[n] : state.eMarks[n]])
                for n in range(start + 2, state.line)
            ]
            rows = {n: cells(text) for n, text in texts}
            made[0].meta["too wide"] = [(n - start, len(row), wide) for n, row in rows.items() if len(row) > wide]
        return True

    return run


def check(table: Token, source: Source, line: int) -> None:
    """Report lines that have more cells than the head of their table."""
    for offset, count, wide in table.meta.get("too wide", ()):
        told = f"a line of {count} cells in a table of {wide}; a bar within a cell is written \\|, in a formula \\mid"
        source.problem(line + offset, told)


def name_alignment(state: StateCore) -> None:
    """Turn the style of a cell into a class: a strict policy forbids styles in the text of a page."""
    for token in state.tokens:
        if "style" not in token.attrs or token.type not in ("th_open", "td_open"):
            continue
        if aligned := ALIGNED.fullmatch(str(token.attrs["style"])):
            del token.attrs["style"]
            token.attrJoin("class", f"to-{aligned[1]}")


def take_captions(state: StateCore) -> None:
    """Move a caption into its table: `table_open`, `caption_open`, text, `caption_close`, …"""
    tokens = state.tokens
    for index in reversed([index for index, token in enumerate(tokens) if token.type == "table_open"]):
        behind = _end(tokens, index)
        if _is_caption(tokens, index - 3):
            tokens[index - 3 : index + 1] = _captioned(tokens[index], tokens[index - 2], tokens[index - 3].attrs)
        elif _is_caption_below(tokens, behind):
            below = tokens[behind : behind + 3]
            del tokens[behind : behind + 3]
            tokens[index : index + 1] = _captioned(tokens[index], below[1], below[0].attrs)


def _end(tokens: list[Token], index: int) -> int:
    """Find the token behind a table."""
    return next(n for n in range(index, len(tokens)) if tokens[n].type == "table_close") + 1


def _is_caption(tokens: list[Token], index: int) -> bool:
    """Tell whether a paragraph above a table says what it shows; one with a colon may belong to the table above."""
    if index < 0 or tokens[index].type != "paragraph_open":
        return False
    below = index > 0 and tokens[index - 1].type == "table_close" and tokens[index + 1].content.startswith(":")
    return not below and bool(CAPTION.match(tokens[index + 1].content))


def _is_caption_below(tokens: list[Token], index: int) -> bool:
    """Tell whether a paragraph is what Pandoc and Quarto write below a table, `: Words {#tbl-name}`."""
    kinds = [token.type for token in tokens[index : index + 2]]
    return kinds == ["paragraph_open", "inline"] and bool(CAPTION.match(tokens[index + 1].content))


def _captioned(table: Token, text: Token, attributes: dict[str, str | int | float]) -> list[Token]:
    text.content, own = trailing(CAPTION.sub("", text.content, count=1))
    table.attrs = {**attributes, **table.attrs, **own}
    return [table, Token("caption_open", "", 1), text, Token("caption_close", "", -1)]


def parted(inside: list[Token]) -> tuple[list[Token], list[Token]]:
    """Part the caption of a table from its rows."""
    if inside and inside[0].type == "caption_open":
        return inside[1:2], inside[3:]
    return [], inside
