"""Rules that are asked by sign find what all of them, asked in turn, find."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from markdown_it.ruler import Ruler

from builder.read.markdown import beginnings, document
from builder.read.markdown.source import KEY, Source

LINES = [
    "Words.",
    "## A heading",
    "    code",
    "```python",
    "~~~",
    "- one",
    "  two",
    "12. twelve",
    "+",
    "* * *",
    "---",
    "===",
    "> said",
    ":::{note}",
    ":::",
    "$$",
    "x $$ (eq-x)",
    "\\begin{align}",
    "\\end{align}",
    "[^1]: A note.",
    "[one]: https://example.org",
    "<div>",
    "(name)=",
    "{.quiet}",
    "| a | b |",
    "|---|---|",
    ": a term",
    "",
    "",
]


@pytest.fixture(scope="module")
def asked_in_turn() -> MarkdownIt:
    """A parser of the same rules that asks each of them."""
    parser = document.parser.__wrapped__()
    rules: Ruler = Ruler()
    rules.__rules__ = parser.block.ruler.__rules__
    parser.block.ruler = rules
    return parser


def parsed(parser: MarkdownIt, text: str) -> list[dict]:
    return [token.as_dict() for token in parser.parse(text, {KEY: Source(Path("a.md"), Path("/"))})]


@pytest.mark.parametrize("seed", range(60))
def test_the_same_blocks_are_found(asked_in_turn: MarkdownIt, seed: int) -> None:
    dice = random.Random(seed)
    text = "\n".join(dice.choice(["", "", "  ", "> ", "- "]) + dice.choice(LINES) for _ in range(30)) + "\n\n"
    assert repr(parsed(document.parser(), text)) == repr(parsed(asked_in_turn, text))


def test_a_line_of_words_asks_few_rules() -> None:
    rules = document.parser().block.ruler
    assert isinstance(rules, beginnings.Sorted)
    assert set(beginnings.SIGNS) <= {rule.name for rule in rules.__rules__}
    assert len(rules.getRules("")) == len(rules.getRules("paragraph")) == 1
