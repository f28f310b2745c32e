"""Units in prose: `` {unit}`mixed3b:17` ``, `` {unit}`mixed3b:17@4,5-` ``, `` {unit}`other-network/mixed3b:17` ``."""

from __future__ import annotations

import re

from markdown_it.rules_inline import StateInline

from builder.plan.catalogue import units
from builder.read.markdown.elements import UnitMention
from builder.read.markdown.explained import Explained
from builder.read.markdown.source import source_of

EXPLAINED = Explained(
    title="Units",
    text="A unit in a sentence is a chip with a card, and has a page of its own. `@row,column` is one place of "
    "its map, a minus its other direction; another network stands before a slash, and a class goes by its "
    "name.",
    example="""\
{unit}`mixed3b:188`, {unit}`mixed3b:188-` and {unit}`shape:star` of `glyphs`.""",
    roles=("unit",),
    alone=False,
)

RANGE = re.compile(r"(\S+:\d+)\s*(?:-|–|\.\.|:)\s*(\d+)")


def role(state: StateInline, content: str, line: int) -> None:
    """Put a unit, or the text itself where it does not name one."""
    source = source_of(state.env)
    try:
        named = units.read_named(content)
    except ValueError:
        expected = f"expected layer:index, for example {units.EXAMPLE!r}"
        if several := RANGE.fullmatch(content):
            expected = f"a sentence names one unit; a figure takes several as '{several[1]}..{several[2]}'"
        source.problem(line, f"unit {content!r}: {expected}")
        state.push("text", "", 0).content = content
        return
    token = state.push("unit", "", 0)
    token.content = str(named.unit)
    token.meta["element"] = UnitMention(named, source.place(line))
