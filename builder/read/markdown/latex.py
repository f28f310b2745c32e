"""What articles write and the converter does not read, in words that it does; every line stays its line."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from builder.read.markdown import environments
from builder.read.markdown.commands import COMMANDS
from builder.read.markdown.expansion import Call, Rule, argument, filled, rewritten, scripts, template

_SPACED = re.compile(r"(?<!\\)((?:\\\\)+)\*?[ \t]*\[\s*-?[\d.]+\s*(?:pt|em|ex|mm|cm|mu|px|in|\\baselineskip)\s*\]")
_STARRED = re.compile(r"(?<!\\)(\\\\)\*")
_OPERATOR = re.compile(r"\\DeclareMathOperator(\*?)\s*")
_DELIMITERS = re.compile(r"\\DeclarePairedDelimiter\s*")
_WITH_DEFAULT = re.compile(
    r"\\(?:re)?(?:new|provide)command\s*\*?\s*\{?\\([A-Za-z]+)\}?\s*\[(\d)\]\s*\[([^\[\]]*)\]\s*(?=\{)"
)
_ANGLED = re.compile(r"\\(left|right|middle|[bB]igg?[lrm]?)\s*([<>])")
_NEW = re.compile(r"\\(?:new|provide)command\*?(?=\s*\{?\\([A-Za-z]+))")
_DEFINED = re.compile(r"\\(newcommand|renewcommand|providecommand|hspace)\*")
_COMMENT = re.compile(r"(?<!\\)((?:\\\\)*)%[^\n]*")
_LIMITS = re.compile(r"\\(no)?limits(?![A-Za-z])")
_ALPHABETS = re.compile(r"\\(?:math|bold|bm|pmb|Bbb|underset|overset|underline|overline|lim)")
_BREAKS = re.compile(r"\\begin|\\end|\\left(?![A-Za-z])|\\right(?![A-Za-z])|\\.|[{}]", re.DOTALL)
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


def readable(latex: str, display: bool = True) -> str:
    """Write a formula in the words of the converter; it has as many lines as before. Raises TooLong."""
    for rule in _RULES:
        latex = rule(latex)
    return _limited(latex, display)


def broken(latex: str) -> str:
    """Let a displayed formula that breaks its lines outside of any environment have several."""
    depth = 0
    for match in _BREAKS.finditer(latex):
        depth += match[0] in ("{", "\\begin", "\\left")
        depth -= match[0] in ("}", "\\end", "\\right")
        if match[0] == "\\\\" and depth == 0:
            return rf"\begin{{gathered}}{latex}\end{{gathered}}"
    return latex


def left_open(latex: str) -> int:
    """Count the brackets that nothing closes, of whatever shape."""
    depth = 0
    for sign in _BRACKETS.findall(latex):
        depth = depth + 1 if sign in "([" else max(depth - 1, 0)
    return depth


def _substitute(pattern: re.Pattern[str], new: Callable[[re.Match[str]], str]) -> Callable[[str], str]:
    return lambda latex: pattern.sub(new, latex)


def _rewrite(rules: Mapping[str, Rule]) -> Callable[[str], str]:
    return lambda latex: rewritten(latex, rules)


def _text(call: Call) -> str:
    """Take formulas out of a text, "if $x>0$", and set the signs of TeX: "--", "``so''"."""
    pieces = re.split(r"(?<!\\)\$|\\\(|\\\)", call.arguments[0])
    if len(pieces) % 2 == 0:
        return f"\\{call.name}{{{call.arguments[0]}}}"
    name = _TEXTS.get(call.name, call.name)
    return (
        "".join(
            f"{{{piece}}}" if k % 2 else f"\\{name}{{{_ligatures(piece)}}}" for k, piece in enumerate(pieces) if piece
        )
        or f"\\{name}{{}}"
    )


def _ligatures(text: str) -> str:
    return text.replace("---", "—").replace("--", "–").replace("``", "“").replace("''", "”")


def _anew(match: re.Match[str]) -> str:
    return r"\renewcommand" if match[1] in COMMANDS else match[0].rstrip("*")


def _operator(call: Call) -> str:
    """Name an operator: a hyphen is one, and letters of other alphabets are allowed."""
    star, (name,) = "*" * call.is_starred, call.arguments
    if _ALPHABETS.search(name):
        return rf"\mathop{{{name}}}" + ("" if call.is_starred else r"\nolimits")
    return rf"\operatorname{star}{{{name.replace('-', '‐')}}}"


def _declared(latex: str) -> str:
    """Use the operators and pairs of brackets that a formula declares, which the converter cannot."""
    latex = _taken(
        latex, _OPERATOR, 2, lambda match, name, text: (name, template(0, rf"\operatorname{match[1]}{{{text}}}"))
    )
    return _taken(latex, _DELIMITERS, 3, lambda _, name, left, right: (name, Rule(1, _paired(left, right), star=True)))


def _paired(left: str, right: str) -> Callable[[Call], str]:
    def write(call: Call) -> str:
        sides = (rf"\left{left}", rf"\right{right}") if call.is_starred else (left, right)
        return f"{sides[0]} {call.arguments[0]} {sides[1]}"

    return write


def _taken(latex: str, pattern: re.Pattern[str], count: int, made: Callable[..., tuple[str, Rule]]) -> str:
    """Take definitions out of a formula, one after the other, and use them in what is left."""
    while match := pattern.search(latex):
        given: list[str] = []
        at = match.end()
        while len(given) < count and (one := argument(latex, at)):
            given.append(one[0])
            at = one[1]
        if len(given) < count:
            break
        name, rule = made(match, *given)
        latex = rewritten(latex[: match.start()] + latex[at:], {name.strip().removeprefix("\\"): rule})
    return latex


def _with_defaults(latex: str) -> str:
    """Use the commands of a formula that may be used with brackets, `\\E[x]{y}`, which the converter cannot."""
    while match := _WITH_DEFAULT.search(latex):
        body = argument(latex, match.end())
        if body is None:
            break
        count, default = int(match[2]), match[3]

        def write(call: Call, text: str = body[0], default: str = default) -> str:
            return filled(text, ((call.options or (default,))[0], *call.arguments))

        latex = rewritten(latex[: match.start()] + latex[body[1] :], {match[1]: Rule(count - 1, write, options=True)})
    return latex


def _limited(latex: str, display: bool) -> str:
    """Set what belongs below and above an operator of one's own there: the converter sets it behind."""
    while match := _MATHOP.search(latex):
        operator = argument(latex, match.end())
        if operator is None:
            return latex
        text, at = operator
        limits = _LIMITS.match(latex, at)
        below_it = display if limits is None else not limits[1]
        given, end = scripts(latex, limits.end() if limits else at)
        if below_it and given:
            text = rf"\overset{{{given['^']}}}{{{text}}}" if "^" in given else text
            text = rf"\underset{{{given['_']}}}{{{text}}}" if "_" in given else text
            given = {}
        rest = "".join(f"{sign}{{{one}}}" for sign, one in given.items())
        latex = f"{latex[: match.start()]}{_DONE}{{{text}}}{rest}{latex[end:]}"
    return latex.replace(_DONE, r"\mathop")


_MATHOP = re.compile(r"\\mathop(?![A-Za-z])\s*")
_DONE = "\ue001"
_TEXTS = {"mbox": "text", "textnormal": "text", "textrm": "text", "textup": "text", "hbox": "text", "textmd": "text"}
_OPERATORS = {"operatorname": Rule(1, _operator, star=True)}
_ANEW_COMMANDS = {
    **{name: Rule(1, _text) for name in ("text", "textbf", "textit", "textsf", "texttt", "emph", *_TEXTS)},
    "substack": template(1, r"\begin{array}{c}#1\end{array}"),
    **{name: template(1, f"\\{name}{{#1}}", options=True) for name in ("underbracket", "overbracket")},
    "cfrac": template(2, r"\cfrac{#1}{#2}", options=True),
    "smash": template(1, "{#1}", options=True),
    **{name: template(1, "{#1}") for name in ("ensuremath", "mathclap", "mathnormal", "vcenter")},
    **{name: template(0, "") for name in ("xspace", "allowbreak", "nobreak", "displaylimits", "nonscript")},
    **{old: template(0, f"\\{new}") for old, new in {
        "mathbbm": "mathbb", "mathds": "mathbb", "dotsb": "cdots", "dotsm": "cdots", "dotsi": "cdots", "dotsc": "ldots",
        "dotso": "ldots", "pmb": "boldsymbol", "nicefrac": "tfrac", "sfrac": "tfrac", "widetilde": "tilde",
        "enskip": "enspace", "strut": "mathstrut", "symbf": "mathbf", "symbb": "mathbb", "symrm": "mathrm",
        "symsf": "mathsf", "symtt": "mathtt", "symit": "mathit", "symcal": "mathcal", "symscr": "mathscr",
        "symfrak": "mathfrak", "toprule": "hline", "midrule": "hline", "bottomrule": "hline", "adots": "iddots",
        "xlongrightarrow": "xrightarrow", "xlongleftarrow": "xleftarrow", "intop": "int", "lvec": "overleftarrow",
    }.items()},
    "bgroup": template(0, "{"),
    "egroup": template(0, "}"),
    "varlimsup": template(0, r"\mathop{\overline{\lim}}"),
    "varliminf": template(0, r"\mathop{\underline{\lim}}"),
    "stackbin": template(2, r"\mathbin{\overset{#1}{#2}}"),
    "overunderset": template(3, r"\overset{#1}{\underset{#2}{#3}}"),
    "underoverset": template(3, r"\underset{#1}{\overset{#2}{#3}}"),
}  # fmt: skip
_RULES: tuple[Callable[[str], str], ...] = (
    _substitute(_COMMENT, lambda m: m[1]),
    _with_defaults,
    _declared,
    _substitute(_NEW, _anew),
    _substitute(_DEFINED, lambda m: f"\\{m[1]}"),
    _substitute(_LABEL, lambda m: ""),
    _substitute(_SPACED, lambda m: m[1]),
    _substitute(_STARRED, lambda m: m[1]),
    _substitute(_ANGLED, lambda m: rf"\{m[1]}\{'l' if m[2] == '<' else 'r'}angle "),
    environments.readable,
    _rewrite(_ANEW_COMMANDS),
    _rewrite(_OPERATORS),
)
