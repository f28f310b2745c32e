"""Roles, `` {name}`content` ``: units, values, citations, references as MyST has them, small capitals."""

from __future__ import annotations

import re
from collections.abc import Callable

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from builder.plan.catalogue.nearest import nearest
from builder.read.markdown import citations, latex, tex, units, values
from builder.read.markdown.explained import Explained
from builder.read.markdown.lines import line_at
from builder.read.markdown.source import source_of

EXPLAINED = Explained(
    title="Small capitals, what stands lower or higher, keys",
    text="Roles of MyST for words that look otherwise; `math` is a formula, as between dollars.",
    example="""\
A network of {sc}`relu` units, H{sub}`2`O, 2{sup}`nd`, {kbd}`Ctrl`, {del}`old` and {math}`x^2`.""",
    roles=("sc", "sub", "sup", "kbd", "del", "math"),
)

TITLED = re.compile(r"\s*(.*?)\s*<([^<>]+)>\s*")
WRITTEN = {
    "abbr": "write <abbr title=…>",
    "code": "write it in backticks",
    **dict.fromkeys(("doc", "download", "any"), "write [words](address)"),
    **dict.fromkeys(("term", "index", "u", "strong", "emphasis"), "write the words"),
    **dict.fromkeys(("python", "eval", "glue"), "write {value}`figure:key`, or variables: in the head"),
}
"""Roles of MyST that an article lacks, and what is written here."""
ROLE = re.compile(r"\{([A-Za-z][\w:+-]*)\}(`+)(.+?)(?<!`)\2(?!`)", re.DOTALL)


def small_capitals(state: StateInline, content: str, line: int) -> None:
    """Set text in small capitals."""
    state.push("small_capitals_open", "span", 1).attrs = {"class": "small-capitals"}
    state.push("text", "", 0).content = content
    state.push("small_capitals_close", "span", -1)


def _element(name: str) -> Callable[[StateInline, str, int], None]:
    """Make the role of an element of HTML."""

    def put(state: StateInline, content: str, line: int) -> None:
        state.push(f"{name}_open", name, 1)
        state.push("text", "", 0).content = content
        state.push(f"{name}_close", name, -1)

    return put


def formula(state: StateInline, content: str, line: int) -> None:
    """Put a formula."""
    token = state.push("math_inline", "math", 0)
    token.content, token.markup, token.meta["line"] = content, "$", line


def narrative(state: StateInline, content: str, line: int) -> None:
    """Cite a list of keys in a sentence."""
    citations.cite(state, content, citations.Item(""), True, line)


def referred(state: StateInline, content: str, line: int) -> None:
    """Put a reference, `name`, or one with words of its own, `words <name>`."""
    match = TITLED.fullmatch(content)
    if match is None or "%s" in match[1]:
        tex.reference(state, match[2] if match else content, line)
        return
    state.push("link_open", "a", 1).attrs = {"href": f"#{latex.dashed(match[2].strip())}"}
    state.tokens[-1].meta["line"] = line
    state.push("text", "", 0).content = match[1]
    state.push("link_close", "a", -1)


ROLES: dict[str, Callable[[StateInline, str, int], None]] = {
    "unit": units.role,
    "value": values.role,
    "cite": citations.role,
    "sc": small_capitals,
    **{name: _element(name) for name in ("sub", "sup", "kbd", "del")},
    "math": formula,
    "eq": tex.reference,
    "ref": referred,
    "numref": referred,
}


SYNONYMS = {
    **dict.fromkeys(("cite:p", "cite:ps", "citep"), citations.role),
    **dict.fromkeys(("cite:t", "cite:ts", "citet"), narrative),
}
"""Roles of MyST that mean one of ours."""


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
    if put := ROLES.get(name) or SYNONYMS.get(name):
        put(state, content, line)
        return
    hint = f"; {WRITTEN[name]}" if name in WRITTEN else nearest(name, ROLES)
    source_of(state.env).problem(line, f"no role {name!r}{hint}")
    state.push("text", "", 0).content = text
