"""Dashes and ellipses; curly quotes are markdown-it's own rule.

Its rule `replacements` is left off: it would turn the labels (c) and (r) of panels into signs.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

from builder.read.markdown.explained import Explained

EXPLAINED = Explained(
    title="Dashes and quotes",
    text="`--` and `---` become dashes, `...` an ellipsis, and straight quotes curl; not in code and not in formulas.",
    example="""\
A "word" -- one of 3--5 -- and so on...""",
)

ANY = re.compile(r"--|\.\.\.")
RULES = (
    (re.compile(r"(?<!\.)\.\.\.(?!\.)"), "…"),
    (re.compile(r"(?<!-)---(?!-)"), "—"),
    (re.compile(r"(?<!-)--(?!-)"), "–"),
)


QUOTES = (
    (re.compile(r"(?<=\w)'(?=\w)"), "’"),
    (re.compile(r'(?:(?<=[\s(\[{–—])|^)"(?=\S)'), "“"),
    (re.compile(r"(?:(?<=[\s(\[{–—“])|^)'(?=\S)"), "‘"),
    (re.compile(r'"'), "”"),
    (re.compile(r"'"), "’"),
)


def install(md: MarkdownIt) -> None:
    """Set dashes and ellipses before quotes are curled."""
    md.core.ruler.before("smartquotes", "dashes", dashes)


def dashes(state: StateCore) -> None:
    """Replace `--`, `---` and `...` in running text; code, maths and HTML are other tokens."""
    for block in state.tokens:
        for token in block.children or () if block.type == "inline" else ():
            if token.type == "text" and token.info != "auto" and ANY.search(token.content):
                token.content = replaced(token.content)


def replaced(text: str) -> str:
    """Set the dashes and ellipses of a text."""
    for pattern, sign in RULES:
        text = pattern.sub(sign, text)
    return text


def curled(text: str) -> str:
    """Set dashes, ellipses and quotes of a plain text, such as a title."""
    text = replaced(text)
    for pattern, sign in QUOTES:
        text = pattern.sub(sign, text)
    return text
