"""Which dollars are those of a formula, and which are sums of money: `3$\\times$3`, "$5 and $10"."""

from __future__ import annotations

import re
from collections.abc import Callable

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from mdit_py_plugins.dollarmath import dollarmath_plugin

from builder.read.markdown.explained import Explained

EXPLAINED = Explained(
    title="Formulas",
    text="TeX between dollars, in a line or, between two of them, by itself. `macros` of the article or of the "
    "site give commands of your own.",
    example=r"""A unit answers $\max(0, w^\top x)$:

$$
y = \sum_i w_i x_i + b
$$""",
)

Rule = Callable[[StateInline, bool], bool]
LONGEST = 500
CANDIDATE = re.compile(rf"(?<![\\$])\$(?!\$)((?:[^$\\]|\\.){{1,{LONGEST}}})\$(?!\$)", re.DOTALL)
FIRST = re.compile(r"\$(?!\$)((?:[^$\\]|\\.){1,20000})\$", re.DOTALL)
TICKED = re.compile(r"\$`([^`\n]+)`\$")
"""A formula in a line as GitHub and GitLab have it too."""
TEX = re.compile(r"\\[^\s$]|\^|_[{\\A-Za-z0-9]")
SURE = re.compile(r"\\[A-Za-z]|\^|_\{")
SIGNS = re.compile(r"[\\^_{}=<>+*|]")
SUM = re.compile(r"\d[\d.,]*\s?(?:[kKMB]|bn|m)?(?:[-–—/]$|[\s,;:.)–—-]+(?:[A-Za-z]{2,}|\())")
"""What begins with a sum: "5 and", "20 (or"."""
PROSE = re.compile(r"\s[A-Za-z]{3,}\s")
OPENING = ('"', "“", "(")


def install(md: MarkdownIt) -> None:
    """Read formulas between dollars; sums of money stay text."""
    dollarmath_plugin(md, allow_space=True, allow_digits=True, double_inline=True, allow_blank_lines=False)
    rules = {rule.name: rule for rule in md.inline.ruler.__rules__}
    md.inline.ruler.at("math_inline", _careful(rules["math_inline"].fn))


def is_formula(before: str, text: str, after: str) -> bool:
    """Tell whether what stands between two dollars is a formula, by the signs around it too."""
    if text[0].isspace() or text[-1].isspace():
        return bool(SURE.search(text)) or (text[0] == text[-1] and len(text.strip()) == 1 and text.strip().isalpha())
    if TEX.search(text):
        return True
    if before.isdigit():
        return text[0].isalnum() and " " not in text
    if after.isdigit():
        return text.isalpha()
    if SIGNS.search(text):
        return True
    return not (SUM.match(text) or PROSE.search(text) or (len(text) > 1 and text.endswith(OPENING)))


def pieces(text: str) -> list[str]:
    """Part a text into words, a formula, words, …: every second piece is a formula."""
    found, begun, at = [], 0, 0
    while match := CANDIDATE.search(text, at):
        at = match.start() + 1
        if is_formula(text[match.start() - 1 : match.start()], match[1], text[match.end() : match.end() + 1]):
            found += [text[begun : match.start()], match[1].strip()]
            begun = at = match.end()
    return [*found, text[begun:]]


def _careful(rule: Rule) -> Rule:
    """Ask a rule for dollars only where they are those of a formula."""

    def run(state: StateInline, silent: bool) -> bool:
        if state.src[state.pos] != "$":
            return False
        if ticked := TICKED.match(state.src, state.pos, state.posMax):
            if not silent:
                token = state.push("math_inline", "math", 0)
                token.content, token.markup = ticked[1], "$"
            state.pos = ticked.end()
            return True
        if state.src.startswith("$$", state.pos):
            return rule(state, silent)
        match = FIRST.match(state.src, state.pos, state.posMax)
        if match is None:
            return False
        before = state.src[state.pos - 1] if state.pos else ""
        return is_formula(before, match[1], state.src[match.end() : match.end() + 1]) and rule(state, silent)

    return run
