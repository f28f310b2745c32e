"""Lines of the file for what stands inside a line: markdown-it knows only those of blocks."""

from __future__ import annotations

import re
from collections.abc import Callable

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from builder.read.markdown.source import source_of

Rule = Callable[[StateInline, bool], bool]
SIGNS = re.compile(r"[]\n!#$%&*+:<=>@[\\^_`{}~-]")
"""With one of these begins whatever is more than words."""
LOCATED = ("math_inline", "footnote_ref", "link", "image", "html_inline")


def install(md: MarkdownIt) -> None:
    """Give every token of a located rule its line, as `meta["line"]`."""
    md.core.ruler.at("inline", parse_inline)
    rules = {rule.name: rule.fn for rule in md.inline.ruler.__rules__}
    for name in LOCATED:
        md.inline.ruler.at(name, located(rules[name]))
    md.inline.ruler.at("footnote_inline", nested(located(rules["footnote_inline"])))


def parse_inline(state: StateCore) -> None:
    """Parse the inline text of every block, knowing the line at which it begins."""
    source = source_of(state.env)
    for token in state.tokens:
        if token.type == "inline":
            source.line = file_line(state, token.map)
            token.meta["line"] = source.line
            token.children = children(state, token.content)


def children(state: StateCore, text: str) -> list[Token]:
    """Parse inline text; words alone, as most cells of tables are, need no parser."""
    if SIGNS.search(text):
        return state.md.inline.parse(text, state.md, state.env, [])
    return [Token("text", "", 0, content=text)] if text else []


def file_line(state: StateCore, lines: list[int] | None) -> int:
    """Turn a token's map into a line of the file; without a map, the line read last."""
    source = source_of(state.env)
    return source.before + lines[0] + 1 if lines else source.line


def line_at(state: StateInline) -> int:
    """Give the line of the file at the parser's position."""
    return source_of(state.env).line + state.src.count("\n", 0, state.pos)


def located(rule: Rule) -> Rule:
    """Note the line in the first token that a rule makes."""

    def run(state: StateInline, silent: bool) -> bool:
        line, count = 0 if silent else line_at(state), len(state.tokens) + bool(state.pending)
        done = rule(state, silent)
        if done and len(state.tokens) > count:
            state.tokens[count].meta["line"] = line
        return done

    return run


def nested(rule: Rule) -> Rule:
    """Keep lines right in a rule that parses a part of its text as a text of its own."""

    def run(state: StateInline, silent: bool) -> bool:
        source = source_of(state.env)
        before = source.line
        source.line = line_at(state)
        try:
            return rule(state, silent)
        finally:
            source.line = before

    return run
