"""Blocks by the sign that they begin with: at a line of words no rule is asked that needs a mark."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence

from markdown_it import MarkdownIt
from markdown_it.ruler import Ruler
from markdown_it.rules_block import StateBlock

Rule = Callable[[StateBlock, int, int, bool], bool]
SIGNS = {
    "amsmath": "\\",
    "attr": "{",
    "blockquote": ">",
    "colon_fence": ":",
    "fence": "`~",
    "footnote_def": "[",
    "heading": "#",
    "hr": "*-_",
    "html_block": "<",
    "list": "*+-0123456789",
    "math_block": "$",
    "reference": "[",
    "target": "(",
}
"""With what the blocks begin that begin with nothing else."""


def install(md: MarkdownIt) -> None:
    """Ask rules by sign; after this no more can be added."""
    md.block.ruler = Sorted(md.block.ruler)


class Sorted(Ruler[Rule]):
    """Rules as one, which asks those that can begin at a line, in their order."""

    def __init__(self, rules: Ruler[Rule]) -> None:
        super().__init__()
        self.__rules__ = rules.__rules__
        self._chains: dict[str, list[Rule]] = {}

    def getRules(self, chainName: str = "") -> list[Rule]:  # noqa: N802, N803 (names of markdown-it)
        """Return the rules of a chain, as a list of one; of those that end a paragraph, for example."""
        if chainName not in self._chains:
            known = {rule.fn: SIGNS.get(rule.name, "") for rule in self.__rules__}
            self._chains[chainName] = [_first([(rule, known[rule]) for rule in super().getRules(chainName)])]
        return self._chains[chainName]


def _first(rules: Sequence[tuple[Rule, str]]) -> Rule:
    """Make one rule of several: the first that finds its block."""

    @functools.cache
    def beginning(sign: str) -> tuple[Rule, ...]:
        return tuple(rule for rule, signs in rules if not signs or sign in signs)

    def run(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        begin = state.bMarks[start] + state.tShift[start]
        for rule in beginning(state.src[begin : begin + 1]):  # noqa: SIM110 (a generator costs as much as a rule)
            if rule(state, start, end, silent):
                return True
        return False

    return run
