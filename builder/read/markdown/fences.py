"""Colons within code do not close the directive around it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from builder.read.markdown.equations import Rule

CODE = re.compile(r"(`{3,}(?=[^`]*$)|~{3,})")
INDENT = 4


def install(md: MarkdownIt) -> None:
    """Let the rule for colons see the code that a directive holds."""
    rules = {rule.name: rule for rule in md.block.ruler.__rules__}
    md.block.ruler.at("colon_fence", seeing_code(rules["colon_fence"].fn), {"alt": rules["colon_fence"].alt})


def seeing_code(rule: Rule) -> Rule:
    """Set lines of colons within code so far in that the rule takes them for code."""

    def run(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        begin = state.bMarks[start] + state.tShift[start]
        if silent or not state.src.startswith(":::", begin):
            return rule(state, start, end, silent)
        hidden = list(_within_code(state, start + 1, end))
        for line in hidden:
            state.sCount[line] += INDENT
        try:
            return rule(state, start, end, silent)
        finally:
            for line in hidden:
                state.sCount[line] -= INDENT

    return run


def _within_code(state: StateBlock, start: int, end: int) -> Iterator[int]:
    """Yield the lines of colons that stand between the marks of a block of code which is closed."""
    if "```" not in state.src and "~~~" not in state.src:
        return
    mark = ""
    held: list[int] = []
    for line in range(start, end):
        text = state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]
        if mark and text.startswith(mark) and not text.strip(mark[0]).strip():
            yield from held
            mark, held = "", []
        elif mark and text.startswith(":::"):
            held.append(line)
        elif not mark and (match := CODE.match(text)):
            mark = match[1]
