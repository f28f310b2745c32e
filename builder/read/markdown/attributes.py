"""Attributes: `{.class #id key="value"}` after spans, links and pictures, above blocks, behind titles."""

from __future__ import annotations

import re
from collections.abc import Mapping

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.attrs import attrs_block_plugin, attrs_plugin
from mdit_py_plugins.attrs.parse import ParseError, parse

from builder.read.markdown.elements import WIDTHS, Width
from builder.read.markdown.explained import Explained
from builder.read.markdown.source import Source

EXPLAINED = Explained(
    title="Classes and names",
    text='`{.class #name key="value"}` stands behind a word in brackets, a link, a picture or code, on a line '
    "of its own above a block, and behind a heading or a caption. Templates and style sheets of a site "
    "can go by classes.",
    example="""\
A [word]{.key} of its own.

{.quiet}
A paragraph with a class.""",
)

TRAILING = re.compile(r"\s*(\{[^{}]*\})\s*$")
LEFT_OVER = re.compile(r"\{\s*[.#\w][^{}`\n]*\}")
BEARERS = frozenset({"image", "code_inline", "link_close", "span_close"})


def install(md: MarkdownIt) -> None:
    """Read attributes inside lines and as lines of their own."""
    attrs_plugin(md, spans=True)
    attrs_block_plugin(md)


def trailing(text: str) -> tuple[str, dict[str, str]]:
    """Split the attributes off the end of a title or caption."""
    match = TRAILING.search(text)
    if match is None:
        return text, {}
    try:
        end, attributes = parse(match[1])
    except ParseError:
        return text, {}
    return (text[: match.start()], attributes) if end == len(match[1]) - 1 else (text, {})


def classes(attributes: Mapping[str, object]) -> tuple[str, ...]:
    """List the classes among attributes."""
    return tuple(str(attributes.get("class", "")).split())


def width(attributes: Mapping[str, object]) -> Width | None:
    """Give the width among attributes, if it is one."""
    return next((width for width in WIDTHS if width == attributes.get("width")), None)


def check(children: list[Token], source: Source, line: int) -> None:
    """Warn of braces behind a picture, link, code or span that the parser could not read."""
    for bearer, text in zip(children, children[1:], strict=False):
        if bearer.type in BEARERS and text.type == "text" and (match := LEFT_OVER.match(text.content)):
            message = f'attributes {match[0]!r} are not understood; write values in quotes, as in {{width="50%"}}'
            source.problem(bearer.meta.get("line", line), message, warning=True)
