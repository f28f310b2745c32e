"""Displayed formulas as blocks: `$$ … $$ (eq-name)`, `$$ … $$ {#eq-name}`, `\\begin{align} … \\end{align}`."""

from __future__ import annotations

import re
from collections.abc import Callable

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from mdit_py_plugins.amsmath import amsmath_plugin

from builder.read.markdown import latex, macros
from builder.read.markdown.explained import Explained
from builder.read.markdown.source import source_of

EXPLAINED = Explained(
    title="Equations with numbers",
    text="A name gives an equation its number; write it as Quarto, MyST or LaTeX do.",
    example=r"""$$
E = m c^2
$$ {#eq-energy}

:::{math}
:name: eq-circle
x^2 + y^2 = r^2
:::

\begin{align} a &= b \label{eq:same} \end{align}

See @eq-energy, {eq}`eq-circle` and @eq-same.""",
    directives=("math",),
    roles=("eq",),
)

ATTRIBUTES = re.compile(r"\$\$\s*\{#([A-Za-z][\w:.-]*)[^{}]*\}\s*$")
Rule = Callable[[StateBlock, int, int, bool], bool]


def install(md: MarkdownIt) -> None:
    """Let the rule for dollars read names as Quarto has them, and environments stand without dollars."""
    amsmath_plugin(md)
    rules = {rule.name: rule for rule in md.block.ruler.__rules__}
    md.block.ruler.at("math_block", named(rules["math_block"].fn), {"alt": ["paragraph"]})
    md.block.ruler.at("amsmath", closed(rules["amsmath"].fn), {"alt": rules["amsmath"].alt})
    md.core.ruler.push("macros", define)


def define(state: StateCore) -> None:
    """Give every formula the definitions of what it uses."""
    own = source_of(state.env).macros
    for token in state.tokens if own else ():
        for formula in (token, *(token.children or ())):
            if formula.type.startswith("math_"):
                formula.meta["definitions"] = macros.needed(formula.content, own)


def named(rule: Rule) -> Rule:
    """Hide `{#eq-name}` behind the dollars from a rule, and give it to the token; what has a name ends a paragraph."""

    def run(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        if not state.src.startswith("$$", state.bMarks[start] + state.tShift[start]):
            return False
        count, line, (last, name) = len(state.tokens), state.line, _name(state, start, end)
        mark = state.eMarks[last]
        state.eMarks[last] = mark - len(name[0]) + 2 if name else mark
        found = rule(state, start, end, silent)
        state.eMarks[last] = mark
        if found and name:
            state.tokens[-1].info = name[1]
        if found and silent:
            found = bool(state.tokens[-1].info or latex.labels(state.tokens[-1].content))
            state.tokens[count:], state.line = [], line
        return found

    return run


def _name(state: StateBlock, start: int, end: int) -> tuple[int, re.Match[str] | None]:
    """Find the line that closes a formula, and its name there."""
    for line in range(start, end):
        begin = state.bMarks[line] + state.tShift[line]
        text = state.src[begin + (2 if line == start else 0) : state.eMarks[line]]
        if "$$" in text:
            return line, ATTRIBUTES.search(text)
        if not text.strip() and line > start:
            break
    return start, None


def closed(rule: Rule) -> Rule:
    """Spare a rule the search for an end that is nowhere, and make what it reads a formula like others."""

    def run(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        begin = state.bMarks[start] + state.tShift[start]
        if not state.src.startswith("\\begin{", begin) or state.src.find("\\end{", begin) < 0:
            return False
        found = rule(state, start, end, silent)
        if found and not silent:
            state.tokens[-1].type = "math_block"
        return found

    return run
