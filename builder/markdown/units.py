"""Units in prose: `` {unit}`mixed3b:17` ``, `` {unit}`mixed3b:17@4,5-` ``, `` {unit}`other-model/mixed3b:17` ``."""

from __future__ import annotations

import re

from markdown_it.rules_inline import StateInline

from builder.markdown.elements import UnitMention
from builder.markdown.source import source_of

UNIT = re.compile(r"(?:([^\s:]+)/)?([\w.-]+:\d+(?:@\d+,\d+)?-?)")


def role(state: StateInline, content: str, line: int) -> None:
    """Put a unit, or the text itself where it does not name one."""
    source = source_of(state.env)
    match = UNIT.fullmatch(content)
    if match is None:
        source.problem(line, f"unit {content!r}: expected layer:index, for example 'mixed3b:17'")
        state.push("text", "", 0).content = content
        return
    token = state.push("unit", "", 0)
    token.content = match[2]
    token.meta["element"] = UnitMention(match[2], source.place(line), match[1])
