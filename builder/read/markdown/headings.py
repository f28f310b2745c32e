"""Headings: ids, `{#id}` behind them, their order."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable
from dataclasses import replace
from html import unescape

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from builder.read.markdown import mathml, maths
from builder.read.markdown.attributes import trailing
from builder.read.markdown.explained import Explained
from builder.read.markdown.source import Source

EXPLAINED = Explained(
    title="Headings",
    text="Two `#` and more begin a section; the title of an article stands in its head. A heading goes by its "
    "words, or by a name that is set behind it, `{#sec-name}`, which stays when the words change.",
    example="""\
## What was measured {#sec-measured}

@sec-measured leads here.""",
    alone=False,
)

UNNUMBERED = re.compile(r"\s*\{-\}\s*$")
"""Pandoc's mark for a heading without a number, which no heading has here."""
TAG = re.compile(r"<[^>]*>")
_BETWEEN = re.compile(r"[\s_-]+")
_OTHERS = re.compile(r"[^\w\s-]")
DROPPED = frozenset({"footnote_ref", "citation", "link_open", "link_close", "image", "html_inline"})
NAMED = frozenset({"unit", "value", "cross_reference"})


def install(md: MarkdownIt) -> None:
    """Take attributes off headings before their text is parsed."""
    md.core.ruler.before("inline", "heading_attributes", take_attributes)


def take_attributes(state: StateCore) -> None:
    """Move `{#id .class}` from the text of a heading to its token."""
    for heading, text in zip(state.tokens, state.tokens[1:], strict=False):
        if heading.type == "heading_open":
            text.content, attributes = trailing(UNNUMBERED.sub("", text.content))
            heading.attrs.update(attributes)


def bare(children: Iterable[Token], *, measured: bool = False) -> list[Token]:
    """Keep of a heading what a list of contents can hold: no marks, links or chips.

    Before anything is `measured`, the name of a value stands for it.
    """
    named = NAMED - {"value"} if measured else NAMED
    kept = (token for token in children if token.type not in DROPPED)
    return [replace(t, type="text", tag="") if t.type in named else t for t in kept]


def words(html: str) -> str:
    """Give the words of a line of HTML."""
    return unescape(TAG.sub("", html)).strip()


def plain(children: list[Token]) -> str:
    """Give the words of a line without marks."""
    return "".join(_words(token) for token in bare(children)).strip()


def spoken(children: list[Token]) -> str:
    """Give the words of a line, formulas as plain text says them."""
    return "".join(_said(token) for token in bare(children)).strip()


def _said(token: Token) -> str:
    if not token.type.startswith("math_"):
        return _words(token)
    return mathml.plain(maths.formula(token.content, False, token.meta.get("definitions", "")).html)


def _words(token: Token) -> str:
    return " " if token.type in ("softbreak", "hardbreak") else token.content


def slug(text: str) -> str:
    """Make an id of a title: small letters, digits and hyphens."""
    words = (text if text.isascii() else unicodedata.normalize("NFKC", text)).lower()
    return _BETWEEN.sub("-", _OTHERS.sub("", words)).strip("-") or "section"


def unique(wanted: str, *taken: Container[str]) -> str:
    """Number an id where it is taken: name, name-2, name-3."""
    count, found = 1, wanted
    while any(found in ids for ids in taken):
        count += 1
        found = f"{wanted}-{count}"
    return found


def check_order(level: int, above: int, title: str, source: Source, line: int) -> None:
    """Warn of a heading that skips a level; the title of the article is level 1."""
    if level == 1:
        source.problem(line, f"heading {title!r}: level 1 is the title's; begin with '##'", warning=True)
    elif level > above + 1:
        message = f"heading {title!r}: level {level} follows level {above}; expected '{'#' * (above + 1)}'"
        source.problem(line, message, warning=True)
