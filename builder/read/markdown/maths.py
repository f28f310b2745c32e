"""Formulas: `$…$`, `$$…$$`, `$$…$$ (eq-name)`, to MathML; what cannot be read is a problem."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING

from builder.frozen import frozen
from builder.plan.catalogue.nearest import nearest
from builder.read.markdown import macros
from builder.read.markdown.commands import COMMANDS, ENVIRONMENTS, HINTS, SHORT
from builder.read.markdown.expansion import TooLong
from builder.read.markdown.latex import broken, dashed, left_open, readable
from builder.read.markdown.mathml import tidied

if TYPE_CHECKING:
    from math_core import LatexToMathML

MOST_STEPS = 1000
MOST_SIGNS = 20_000
MOST_OPEN = 10
STEPS = re.compile(r"\\[A-Za-z]+|[{^_]")
COMMAND = re.compile(r"\\[A-Za-z]+")
COLOUR = re.compile(r"\\(?:text)?color\s*(?:\[|\{[^{}]*[#!])|\\definecolor")
TAG = re.compile(r"\\tag(?![A-Za-z])")
COLUMNS = re.compile(r"\\begin\s*\{(?:array|subarray)\}\s*(?!\s*[\[{])")
ENVIRONMENT = re.compile(r"\\begin\s*\{([^{}]*)\}")
REFERENCE = re.compile(r"\\(?:eqref|ref)\s*\{([^{}]+)\}")
NAMES = tuple(f"\\{name}" for name in COMMANDS)
UNKNOWN = re.compile(r'Unknown (command|environment) "([^"]*)"')
TOO_MUCH = "its commands stand for too much; does one of them stand for itself?"
REASONS = (
    ('Expected closing token "\\right"', r"\left and \right do not pair"),
    ('closing token "}"', "the braces do not pair"),
    ('closing token: "}"', "the braces do not pair"),
    ("Duplicate subscript or superscript", "two subscripts or superscripts on one symbol; use braces"),
    ("reached end of input", "the formula ends too early"),
    ("\\limits", r"\limits must follow an operator"),
    ("Too many expansions", TOO_MUCH),
    ('found "&"', r"& stands only between the columns of an environment, such as aligned; the sign is \&"),
    ("not valid in text mode", r"a sign of formulas within words; write \_, \& or \#, or a formula between dollars"),
    ("not valid in math mode", "a command for words, not for formulas"),
    ("unknown color", r"colours have the names of xcolor: \textcolor{red}{x}, {teal}, {gray}"),
    ("could not extract text", "the name of an operator is letters"),
    ("may only appear directly after a `", r"\hline stands only at the beginning of a row of an array or a matrix"),
    ("delimited parameters", "a command takes its arguments in braces, as '\\def\\a#1{…}'"),
    ("macro parameter found", "#1 stands only in what a command is defined by"),
    ("math mode within text", "a formula cannot stand in these words"),
    ("already defined", "the command exists already; choose another name"),
)


REFUSED = (
    (TAG, "an equation is numbered by a name after it: $$ … $$ (eq-name)"),
    (COLOUR, r"a colour is written by its name: \textcolor{red}{x}"),
    (COLUMNS, r"an array begins with its columns: \begin{array}{lcr}"),
)


@frozen
class Formula:
    """A formula in MathML, and what is wrong with it: pairs of (line within it, message)."""

    html: str
    mistakes: tuple[tuple[int, str], ...] = ()


@functools.lru_cache(1024)
def formula(latex: str, display: bool, definitions: str = "") -> Formula:
    """Turn LaTeX into MathML; a formula with mistakes is shown as its source."""
    from math_core import LatexError

    if refusal := _beyond(latex) or _beyond(definitions):
        return Formula(_source(latex, display), ((0, f"maths: {refusal}: {_quoted(latex)}"),))
    unknown = [*_elsewhere(latex), *_refused(latex), *_unknown_environments(latex), *_too_short(latex)]
    try:
        text = readable(definitions + (broken(latex) if display else latex), display)
    except TooLong:
        return Formula(_source(latex, display), ((0, f"maths: {TOO_MUCH}: {_quoted(latex)}"),))
    try:
        html = _converter().convert_with_local_state(text, displaystyle=display)
    except LatexError as error:
        mistakes = unknown or _all_mistakes(latex, text, str(error), definitions)
        return Formula(_source(latex, display), tuple(mistakes))
    return Formula(_source(latex, display), tuple(unknown)) if unknown else Formula(tidied(html))


def reference(latex: str) -> str:
    """Give the label of a formula that is nothing but a reference, `\\eqref{eq:loss}`; "" else."""
    match = REFERENCE.fullmatch(latex.strip())
    return match[1].strip() if match else ""


def _beyond(latex: str) -> str:
    """Say what the converter would not survive: it calls itself for every step in another, and a stack has an end."""
    if len(STEPS.findall(latex)) > MOST_STEPS or len(latex) > MOST_SIGNS:
        return "too long; write it in several formulas"
    # For each bracket that is left open it looks ahead to the end, and again within that.
    return f"more than {MOST_OPEN} brackets are never closed" if left_open(latex) > MOST_OPEN else ""


@functools.cache
def _converter() -> LatexToMathML:
    from math_core import LatexToMathML

    return LatexToMathML(fancy_error=False)


def _elsewhere(latex: str) -> Iterator[tuple[int, str]]:
    """Report references within formulas: they lead somewhere only in the text."""
    for match in REFERENCE.finditer(latex):
        label = f"eq-{dashed(match[1].strip()).removeprefix('eq-')}"
        yield (
            latex.count("\n", 0, match.start()),
            f"maths: {match[0]} cannot stand in a formula; write @{label} beside it",
        )


def _refused(latex: str) -> Iterator[tuple[int, str]]:
    """Report what the converter stumbles upon without saying what it is."""
    for pattern, reason in REFUSED:
        if match := pattern.search(latex):
            yield latex.count("\n", 0, match.start()), f"maths: {reason}: {_quoted(latex)}"


def _unknown_environments(latex: str) -> Iterator[tuple[int, str]]:
    for match in ENVIRONMENT.finditer(latex):
        if match[1] not in ENVIRONMENTS:
            near = nearest(match[1], ENVIRONMENTS)
            yield latex.count("\n", 0, match.start()), f"maths: no environment {match[1]!r}{near}"


def _too_short(latex: str) -> Iterator[tuple[int, str]]:
    """Report signs that should be as long as what stands over them, and that the font of formulas cannot lengthen."""
    for match in COMMAND.finditer(latex):
        sign = SHORT.get(match[0][1:])
        if sign:
            written = f"write \\overset{{…}}{{{sign}}}"
            line = latex.count("\n", 0, match.start())
            yield line, f"maths: {match[0]} cannot be as long as what stands over it; {written}"


def _all_mistakes(latex: str, text: str, error: str, definitions: str) -> Iterator[tuple[int, str]]:
    """Say what is wrong: every unknown command at once, and else what the converter stumbled upon."""
    own = macros.defined(definitions)
    position, _, said = error.partition(": ")
    if UNKNOWN.search(said):
        unknown = {
            m[0]: text.count("\n", 0, m.start())
            for m in reversed([*COMMAND.finditer(text)])
            if m[0] not in own and not _knows(m[0])
        }
        for name, line in sorted(unknown.items(), key=lambda pair: text.find(pair[0])):
            yield line, f"maths: no command {name!r}{_meant(name, own)}".replace("\\\\", "\\")
        if unknown:
            return
    text_said = said[:1].lower() + said[1:].rstrip(".")
    reason = next((reason for start, reason in REASONS if start in text_said or start in said), text_said)
    line = text.count("\n", 0, len(text.encode()[: int(position)].decode(errors="ignore"))) if position.isdigit() else 0
    yield line, f"maths: {reason}: {_quoted(latex)}"


def _meant(name: str, own: list[str]) -> str:
    """Say what to write for a command that there is not."""
    if hint := HINTS.get(name[1:]):
        return f"; {hint}" + (", or define it below 'macros:'" if hint.startswith("write ") else "")
    return nearest(name, (*own, *NAMES)) or "; commands of your own stand below 'macros:' in the head"


@functools.cache
def _knows(command: str) -> bool:
    """Ask whether a command is known, to us or to the converter, whatever else is missing."""
    from math_core import LatexError

    if command[1:] in COMMANDS:
        return True
    try:
        _converter().convert_with_local_state(command, displaystyle=True)
    except LatexError as error:
        return "Unknown command" not in str(error)
    return True


def _quoted(latex: str) -> str:
    """Quote LaTeX as it is written, backslashes single."""
    text = " ".join(latex.split())
    return f"'{text}'" if len(text) <= 40 else f"'{text[:39]}…'"


def _source(latex: str, display: bool) -> str:
    marks = "$$" if display else "$"
    return f'<code class="unresolved">{escape(marks + latex + marks, quote=False)}</code>'
