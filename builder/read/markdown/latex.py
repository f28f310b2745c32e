"""What articles write and the converter does not read, in words that it does; every line stays its line."""

from __future__ import annotations

import re
from collections.abc import Callable

from builder.read.markdown.commands import COMMANDS

FORMULA = re.compile(r"(?<![\\$\d])\$(?![\s$])([^$]{0,500}?[^\s$\\])\$(?![\d$])")
"""A formula in a line of words: no dollars of a sum of money, "from $5 to $6"."""
_GROUP = r"\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}"
_SPACED = re.compile(r"\\\\\*?[ \t]*\[\s*-?[\d.]+\s*(?:pt|em|ex|mm|cm|mu|px)\s*\]")
_ENVIRONMENT = re.compile(r"(\\(?:begin|end))\s*\{([^{}]*)\}")
_COLUMNS = re.compile(r"(\\begin\{alignat\*?\})\s*\{\d+\}")
_TEXT = re.compile(r"\\(?:text|mbox|textrm|textnormal)\s*" + _GROUP)
_STACK = re.compile(r"\\substack\s*" + _GROUP)
_OPERATOR = re.compile(r"\\DeclareMathOperator(\*?)\s*\{?(\\[A-Za-z]+)\}?\s*" + _GROUP)
_COMMANDS = re.compile(r"\\(mathbbm|mathds|dots[bcimo]|textnormal|mbox|pmb|nicefrac|widetilde)(?![A-Za-z])")
_NEW = re.compile(r"\\newcommand(?=\s*\{?\\([A-Za-z]+))")
_COMMENT = re.compile(r"(?<!\\)((?:\\\\)*)%[^\n]*")

#: Environments that number their lines do so elsewhere: here a formula has one number, that of its label.
_ENVIRONMENTS = {
    "equation": "aligned", "equation*": "aligned", "align": "aligned", "align*": "aligned", "split": "aligned",
    "alignat": "aligned", "alignat*": "aligned", "alignedat": "aligned", "eqnarray": "aligned", "eqnarray*": "aligned",
    "gather": "gathered", "gather*": "gathered", "multline*": "gathered", "multline": "gathered",
    "subarray": "array",
}  # fmt: skip
_NAMES = {
    "mathbbm": r"\mathbb", "mathds": r"\mathbb", "dotsb": r"\cdots", "dotsm": r"\cdots", "dotsi": r"\cdots",
    "dotsc": r"\ldots", "dotso": r"\ldots", "textnormal": r"\text", "mbox": r"\text", "pmb": r"\boldsymbol",
    "nicefrac": r"\tfrac", "widetilde": r"\tilde",
}  # fmt: skip
_BRACKETS = re.compile(r"[()\[\]]")
_PREFIXES = {
    **{f"{kind}:": f"{kind}-" for kind in ("fig", "tbl", "eq", "sec", "thm", "lem", "cor", "def", "alg")},
    **{"tab:": "tbl-", "tab-": "tbl-", "prop:": "prp-"},
}
"""How labels of TeX begin, and how the same ones begin here."""
_LABEL = re.compile(r"\\label\s*\{([^{}]*)\}")


def labels(latex: str) -> list[str]:
    """List the names that a formula gives itself and its lines, as `\\label{eq:loss}` does."""
    return [match[1].strip() for match in _LABEL.finditer(latex)]


def dashed(label: str) -> str:
    """Write a label of TeX, "eq:loss", as it is here, "eq-loss"."""
    return next((_PREFIXES[start] + label[len(start) :] for start in _PREFIXES if label.startswith(start)), label)


def readable(latex: str) -> str:
    """Write a formula in the words of the converter; it has as many lines as before."""
    for rule in _RULES:
        latex = rule(latex)
    return latex


def left_open(latex: str) -> int:
    """Count the brackets that nothing closes, of whatever shape."""
    depth = 0
    for sign in _BRACKETS.findall(latex):
        depth = depth + 1 if sign in "([" else max(depth - 1, 0)
    return depth


def _substitute(pattern: re.Pattern[str], new: Callable[[re.Match[str]], str]) -> Callable[[str], str]:
    return lambda latex: pattern.sub(new, latex)


def _environment(match: re.Match[str]) -> str:
    return f"{match[1]}{{{_ENVIRONMENTS.get(match[2], match[2])}}}"


def _stacked(match: re.Match[str]) -> str:
    return rf"\begin{{array}}{{c}}{match[1]}\end{{array}}"


def _text(match: re.Match[str]) -> str:
    """Take formulas out of a text: "if $x>0$" is a text, a formula and a text."""
    pieces = re.split(r"(?<!\\)\$", match[1])
    if len(pieces) < 3 or len(pieces) % 2 == 0:
        return match[0]
    command = match[0][: match[0].index("{")]
    return "".join(f"{{{piece}}}" if k % 2 else f"{command}{{{piece}}}" for k, piece in enumerate(pieces) if piece)


def _anew(match: re.Match[str]) -> str:
    return r"\renewcommand" if match[1] in COMMANDS else match[0]


def _small(latex: str) -> str:
    """Write small matrices as such in the size of scripts."""
    begun = latex.replace(r"\begin{smallmatrix}", r"{\scriptstyle\begin{matrix}")
    return begun.replace(r"\end{smallmatrix}", r"\end{matrix}}")


def _declared(latex: str) -> str:
    """Use the operators that a formula declares, which the converter cannot."""
    for star, name, text in _OPERATOR.findall(latex):
        latex = _OPERATOR.sub("", latex, count=1)
        used = re.compile(re.escape(name) + r"(?![A-Za-z])")
        latex = used.sub(lambda _, operator=rf"\operatorname{star}{{{text}}}": operator, latex)
    return latex


_RULES: tuple[Callable[[str], str], ...] = (
    _substitute(_COMMENT, lambda m: m[1]),
    _declared,
    _substitute(_NEW, _anew),
    _substitute(_LABEL, lambda m: ""),
    _substitute(_SPACED, lambda m: r"\\"),
    _substitute(_COLUMNS, lambda m: m[1]),
    _small,
    _substitute(_STACK, _stacked),
    _substitute(_ENVIRONMENT, _environment),
    _substitute(_TEXT, _text),
    _substitute(_COMMANDS, lambda m: _NAMES[m[1]]),
)
