"""What other systems read and this one would print: told, so that no reader meets it."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore

from builder.read.markdown.equations import Rule
from builder.read.markdown.source import source_of

CODE = "; where it is meant, set it in backticks"
FOREIGN = (
    (re.compile(r"\{\{[<%][^\n]{0,200}?[>%]\}\}"), f"is a shortcode of Hugo{CODE}"),
    (re.compile(r"\{%[^\n]{0,200}?%\}"), f"is a tag of Jekyll{CODE}"),
    (re.compile(r"\{\{ [^\n{}]{1,200} \}\}"), f"is a variable of a template{CODE}"),
    (re.compile(r"\{::[a-z]+[^\n}]{0,200}\}"), f"is an extension of kramdown{CODE}"),
    (re.compile(r"\{:\s?[.#\w][^\n{}]{0,200}\}"), "is an attribute list of kramdown; write {.class #id}"),
    (
        re.compile(r"\[\[_?(?:toc|TOC)_?\]\]|^\[(?:toc|TOC)\]$"),
        "is not needed: every page has a list of contents",
    ),
    (re.compile(r"^\[!(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION)\]"), "is GitHub's; write :::{note}"),
)


def install(md: MarkdownIt) -> None:
    """Look through the text once it is parsed."""
    md.core.ruler.push("elsewhere", check)
    rules = {rule.name: rule for rule in md.block.ruler.__rules__}
    md.block.ruler.at("attr", seen(rules["attr"].fn), {"alt": rules["attr"].alt})


def seen(rule: Rule) -> Rule:
    """Keep a line `{% … %}` from the rule for attributes, which takes it for a remark and drops it."""

    def run(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        begin = state.bMarks[start] + state.tShift[start]
        return not state.src.startswith("{%", begin) and rule(state, start, end, silent)

    return run


def check(state: StateCore) -> None:
    """Report the syntax of other systems that is left in running text."""
    source = source_of(state.env)
    for block in state.tokens:
        if block.type != "inline" or not any(sign in block.content for sign in ("{", "[!", "[[", "[T", "[t")):
            continue
        line = block.meta.get("line", 0)
        for token in block.children or ():
            line += token.type in ("softbreak", "hardbreak")
            if token.type == "text" and (told := _foreign(token.content)):
                source.problem(line, told)


def _foreign(text: str) -> str:
    """Say what the first sign of another system is, "" where there is none."""
    found = ((pattern.search(text), what) for pattern, what in FOREIGN)
    return next((f"{match[0]!r} {what}" for match, what in found if match), "")
