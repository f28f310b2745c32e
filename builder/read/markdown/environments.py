"""Environments of LaTeX in those that the converter knows, and what stands in brackets behind their names."""

from __future__ import annotations

import re

_MARK = "\ue000"
"""Stands for the backslash of an environment that is done."""
_INNERMOST = re.compile(r"\\begin\s*\{([^{}]*)\}((?:(?!\\begin\s*\{).)*?)\\end\s*\{\1\}", re.DOTALL)
_PLACED = re.compile(r"\s*\[[tbc]\](?:\s*\[[^\[\]]*\])?")
_COUNTED = re.compile(r"\s*\{\d+\}")
_COLUMNS = re.compile(r"\s*\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}")
_LETTERS = re.compile(r"\[([lcr|: ]+)\]")
_LAST = re.compile(r"(?<!\\)\\\\\s*(?:\[[^\[\]]*\])?\s*$")
_REPEATED = re.compile(r"\*\s*\{(\d{1,2})\}\s*\{([^{}]*)\}")
_BETWEEN = re.compile(r"[@!]\s*\{(?:[^{}]|\{[^{}]*\})*\}|[<>]\s*\{\s*(?:\\displaystyle|\\textstyle)?\s*\}")
_WIDE = re.compile(r"[pmb]\s*\{[^{}]*\}")
_CELLS = re.compile(r"(?<!\\)(&|\\\\(?:\[[^\[\]]*\])?)")
_FEW = 20

#: Environments that number their lines do so elsewhere: here a formula has one number, that of its label.
_SAME = {
    **dict.fromkeys(("equation", "align", "flalign", "alignat", "xalignat", "xxalignat", "eqnarray"), "aligned"),
    **dict.fromkeys(("gather", "multline", "displaymath", "math", "dmath"), "gathered"),
    "split": "aligned", "alignedat": "aligned", "multlined": "gathered", "dgroup": "gathered",
    "subarray": "array", "IEEEeqnarray": "array", "drcases": "rcases",
}  # fmt: skip
_ARRAYS = ("array", "subarray", "IEEEeqnarray")
_PLAIN = ("subequations",)
_BRACKETS = {"": ("", ""), "p": ("(", ")"), "b": ("[", "]"), "B": (r"\{", r"\}"), "v": ("|", "|"), "V": (r"\|", r"\|")}


def readable(latex: str) -> str:
    """Write the environments of a formula in the words of the converter, the innermost first."""
    while (new := _INNERMOST.sub(_environment, latex)) != latex:
        latex = new
    return latex.replace(_MARK, "\\")


def _environment(match: re.Match[str]) -> str:
    name, body = match[1].removesuffix("*"), _LAST.sub(lambda m: _lines(m[0]), match[2])
    if name in _PLAIN:
        return body
    if name.endswith("matrix"):
        return _matrix(name, body, starred=match[1].endswith("*"))
    if name.endswith("cases"):
        return _cases(name, body, in_words=match[1].endswith("*"))
    body = _without(_COUNTED, body) if name.endswith("at") else body
    body = _without(_PLACED, body)
    return _framed(_SAME.get(name, match[1]), _with_columns(body) if name in _ARRAYS else body)


def _framed(name: str, body: str) -> str:
    return f"{_MARK}begin{{{name}}}{body}{_MARK}end{{{name}}}"


def _without(pattern: re.Pattern[str], body: str) -> str:
    match = pattern.match(body)
    return _lines(match[0]) + body[match.end() :] if match else body


def _lines(text: str) -> str:
    return "\n" * text.count("\n")


def _with_columns(body: str) -> str:
    match = _COLUMNS.match(body)
    return f"{{{columns(match[1])}}}{_lines(match[0])}{body[match.end() :]}" if match else body


def columns(written: str) -> str:
    """Write the columns of a table by their letters: "@{}l*{2}{c}@{}" is "lcc"."""
    while (match := _REPEATED.search(written)) and len(written) < 1000:
        written = written[: match.start()] + match[2] * int(match[1]) + written[match.end() :]
    return re.sub(r"\s", "", _WIDE.sub("l", _BETWEEN.sub("", written))).translate(str.maketrans("LCRX", "lcrl"))


def _matrix(name: str, body: str, *, starred: bool) -> str:
    """Write a matrix; with columns, as `[cc|c]` or `[r]` for all, it is a table between brackets."""
    kind = name.removesuffix("matrix").removesuffix("small")
    if kind not in _BRACKETS:
        return _framed(name, body)
    letters = _LETTERS.match(body)
    if letters and (starred or len(letters[1]) > 1):
        spec = letters[1].replace(" ", "")
        inside = _framed("array", f"{{{spec * _FEW if starred else spec}}}{body[letters.end() :]}")
    elif "small" in name:
        inside = rf"{{\scriptstyle{_framed('matrix', body)}}}"
    else:
        return _framed(name, body)
    left, right = _BRACKETS[kind]
    return rf"\left{left}{inside}\right{right}" if left else inside


def _cases(name: str, body: str, *, in_words: bool) -> str:
    """Write cases; with a star what follows `&` is words."""
    pieces = _CELLS.split(body)
    for number in range(2, len(pieces), 2) if in_words and _MARK not in body else ():
        words = pieces[number].strip()
        if pieces[number - 1] == "&" and words:
            pieces[number] = rf"\text{{{words}}}{_lines(pieces[number])}"
    return _framed(_SAME.get(name, name), "".join(pieces))
