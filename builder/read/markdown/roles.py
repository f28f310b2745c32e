"""Roles, `` {name}`content` ``: units, values, citations, references as MyST has them, small capitals."""

from __future__ import annotations

import re
from collections.abc import Callable

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from builder.plan.catalogue.nearest import nearest
from builder.read.markdown import citations, tex, units, values
from builder.read.markdown.explained import Explained
from builder.read.markdown.lines import line_at
from builder.read.markdown.source import source_of

EXPLAINED = Explained(
    title="Small capitals",
    text="For words that are names of themselves.",
    example="""\
A network of {sc}`relu` units.""",
    roles=("sc",),
)

ROLE = re.compile(r"\{([A-Za-z][\w:+-]*)\}(`+)(.+?)(?<!`)\2(?!`)", re.DOTALL)


def small_capitals(state: StateInline, content: str, line: int) -> None:
    """Set text in small capitals."""
    state.push("small_capitals_open", "span", 1).attrs = {"class": "small-capitals"}
    state.push("text", "", 0).content = content
    state.push("small_capitals_close", "span", -1)


ROLES: dict[str, Callable[[StateInline, str, int], None]] = {
    "unit": units.role,
    "value": values.role,
    "cite": citations.role,
    "sc": small_capitals,
    "eq": tex.reference,
    "ref": tex.reference,
    "numref": tex.reference,
}


def install(md: MarkdownIt) -> None:
    """Read roles before code, with which they share the backtick."""
    md.inline.ruler.before("backticks", "role", role)


def role(state: StateInline, silent: bool) -> bool:
    """Read one role; an unknown one is a problem and stays as text."""
    if state.src[state.pos] != "{":
        return False
    match = ROLE.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        _push(state, match[1], " ".join(match[3].split()), match[0])
    state.pos = match.end()
    return True


def _push(state: StateInline, name: str, content: str, text: str) -> None:
    line = line_at(state)
    if name in ROLES:
        ROLES[name](state, content, line)
        return
    source_of(state.env).problem(line, f"no role {name!r}{nearest(name, ROLES)}")
    state.push("text", "", 0).content = text
