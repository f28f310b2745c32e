"""TeX's own ways in prose: `\\eqref{eq:loss}`, `\\ref{fig:curves}`, `\\cite{key}`; formulas need dollars."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from builder.read.markdown import citations, cross_references, latex
from builder.read.markdown.lines import line_at
from builder.read.markdown.source import source_of

REFERENCE = re.compile(r"\\(?:eqref|ref|autoref|[cC]ref)\{([^{}\s,]+)\}")
CITATION = re.compile(r"\\cite([pt]?)\*?(?:\[([^\[\]{}]{0,200})\])?\{([^{}]{1,2000})\}")
BRACKETS = re.compile(r"\\\((?P<inline>[^\n]{1,500}?)\\\)|\\\[(?P<display>.{1,500}?)\\\]", re.DOTALL)
FORMULA = re.compile(r"\\[A-Za-z]+|[\^=]|_\{")


def install(md: MarkdownIt) -> None:
    """Read commands before the backslash escapes what is behind it."""
    md.inline.ruler.before("escape", "tex", command)


def command(state: StateInline, silent: bool) -> bool:
    """Read a reference or a citation; report a formula in brackets."""
    if state.src[state.pos] != "\\":
        return False
    if match := REFERENCE.match(state.src, state.pos, state.posMax):
        if not silent:
            reference(state, match[1], line_at(state))
    elif match := CITATION.match(state.src, state.pos, state.posMax):
        if not silent:
            citations.cite(state, match[3], match[2] or "", match[1] == "t", line_at(state))
    else:
        return _report(state, silent)
    state.pos = match.end()
    return True


def reference(state: StateInline, label: str, line: int) -> None:
    """Put a reference to a label of TeX, with or without what it begins with."""
    cross_references.push(state, latex.dashed(label.strip()), line)
    state.tokens[-1].meta["bare"] = True


def _report(state: StateInline, silent: bool) -> bool:
    """Say how formulas are written here; the text stays as it is."""
    match = None if silent else BRACKETS.match(state.src, state.pos, state.posMax)
    if match and FORMULA.search(match["inline"] or match["display"]):
        dollars = "$…$" if match["inline"] else "$$…$$"
        source_of(state.env).problem(line_at(state), f"maths: a formula is written {dollars}, not '{match[0][:40]}'")
    return False
