"""Formulas: `$…$`, `$$…$$`, `$$…$$ (eq-name)`, to MathML; what cannot be read is a problem."""

from __future__ import annotations

import functools
import re
import unicodedata
from dataclasses import dataclass
from html import escape
from xml.etree.ElementTree import Element, tostring

from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin

from builder.catalogue.nearest import nearest

COMMAND = re.compile(r"\\[A-Za-z]+")
ENVIRONMENT = re.compile(r"\\begin\s*\{([^{}]*)\}")
OPERATOR = re.compile(r"\\operatorname\*?\s*\{([^{}]*)\}")
SYNONYMS = {"aligned": "split", "gathered": "displaylines"}
VARIANTS = {
    "bold": "BOLD",
    "italic": "ITALIC",
    "bold-italic": "BOLD ITALIC",
    "double-struck": "DOUBLE-STRUCK",
    "script": "SCRIPT",
    "fraktur": "FRAKTUR",
    "sans-serif": "SANS-SERIF",
    "monospace": "MONOSPACE",
}
REASONS = {
    "ExtraLeftOrMissingRightError": r"\left and \right do not pair",
    "MissingSuperScriptOrSubscriptError": "nothing follows '^' or '_'",
    "DoubleSubscriptsError": "two subscripts on one symbol; use braces",
    "DoubleSuperscriptsError": "two superscripts on one symbol; use braces",
    "NoAvailableTokensError": "the formula ends too early",
    "NumeratorNotFoundError": "a fraction lacks its numerator",
    "DenominatorNotFoundError": "a fraction lacks its denominator",
    "MissingEndError": r"\begin without \end",
    "LimitsMustFollowMathOperatorError": r"\limits must follow an operator",
}


@dataclass(frozen=True)
class Formula:
    """A formula in MathML, and what is wrong with it: pairs of (line within it, message)."""

    html: str
    mistakes: tuple[tuple[int, str], ...] = ()


def install(md: MarkdownIt) -> None:
    """Read dollars; a sum of money, "$5 and $10", stays text."""
    dollarmath_plugin(md, allow_space=False, allow_digits=False, double_inline=True, allow_blank_lines=False)


@functools.cache
def formula(latex: str, display: bool) -> Formula:
    """Turn LaTeX into MathML; a formula with mistakes is shown as its source."""
    mistakes = _structure(latex)
    if not mistakes:
        try:
            return _converted(latex, display)
        except Exception as error:  # the converter raises bare IndexError and the like on bad input
            reason = REASONS.get(type(error).__name__, "the formula cannot be read")
            mistakes = [(0, f"maths: {reason}: {_quoted(latex)}")]
    return Formula(_source(latex, display), tuple(mistakes))


def _structure(latex: str) -> list[tuple[int, str]]:
    """Find what the converter would pass over silently: braces, environments, operators."""
    bare = re.sub(r"\\[\\{}]", "  ", latex)
    depths = [bare.count("{", 0, end) - bare.count("}", 0, end) for end in range(len(bare) + 1)]
    if depths[-1] or min(depths) < 0:
        return [(0, f"maths: the braces do not pair: {_quoted(latex)}")]
    unknown = [match for match in ENVIRONMENT.finditer(latex) if match[1] not in _environments()]
    operators = [match for match in OPERATOR.finditer(latex) if not re.fullmatch(r"[A-Za-z\s]+", match[1])]
    return [
        *((_line(latex, m), f"maths: no environment {m[1]!r}{nearest(m[1], _environments())}") for m in unknown),
        *(
            (_line(latex, m), f"maths: operator name {_quoted(m[1])} may hold letters and spaces only")
            for m in operators
        ),
    ]


def _line(latex: str, match: re.Match[str]) -> int:
    return latex.count("\n", 0, match.start())


def _quoted(latex: str) -> str:
    """Quote LaTeX as it is written, backslashes single."""
    text = " ".join(latex.split())
    return f"'{text}'" if len(text) <= 40 else f"'{text[:39]}…'"


def _converted(latex: str, display: bool) -> Formula:
    from latex2mathml.converter import Converter

    text = ENVIRONMENTS_USED.sub(lambda m: f"{m[1]}{{{SYNONYMS.get(m[2], m[2])}}}", latex)
    tree = Converter(display="block" if display else "inline").convert_to_element(text)
    for element in tree.iter():
        _mend(element)
    mistakes = _unknown_commands(tree, latex)
    return Formula(_source(latex, display) if mistakes else _html(tree), tuple(mistakes))


ENVIRONMENTS_USED = re.compile(r"(\\(?:begin|end))\s*\{([^{}]*)\}")


def _unknown_commands(tree: Element, latex: str) -> list[tuple[int, str]]:
    """Find commands that came out as letters, backslash and all."""
    shown = {e.text for e in tree.iter() if e.tag != "mtext" and e.text and COMMAND.fullmatch(e.text)}
    found = {m[0]: _line(latex, m) for m in reversed(list(COMMAND.finditer(latex)))}
    return [
        (found.get(name, 0), f"maths: no command {name!r}{nearest(name, _commands())}".replace("\\\\", "\\"))
        for name in sorted(shown, key=lambda name: latex.find(name))
    ]


def _mend(element: Element) -> None:
    """Say with letters what browsers no longer read from `mathvariant`; align for MathML Core."""
    variant = element.attrib.get("mathvariant", "")
    if variant in VARIANTS and element.tag in ("mi", "mn") and element.text:
        element.text = "".join(_styled(sign, VARIANTS[variant]) for sign in _plain(element.text))
        del element.attrib["mathvariant"]
    if alignment := element.attrib.pop("columnalign", ""):
        element.set("style", f"text-align:{alignment}")


def _plain(text: str) -> str:
    return re.sub(r"&#x([0-9A-Fa-f]+);", lambda m: chr(int(m[1], 16)), text)


def _styled(sign: str, style: str) -> str:
    name = unicodedata.name(sign, "").replace("LATIN ", "").replace("GREEK ", "").replace(" LETTER", "")
    letter_like = f"{style} {name}".replace("FRAKTUR", "BLACK-LETTER")
    for wanted in (f"MATHEMATICAL {style} {name}", letter_like):
        try:
            return unicodedata.lookup(wanted)
        except KeyError:
            continue
    return sign


def _html(tree: Element) -> str:
    tree.attrib.pop("xmlns", None)
    if tree.get("display") == "inline":
        del tree.attrib["display"]
    return tostring(tree, encoding="unicode").replace("&amp;#x", "&#x")


def _source(latex: str, display: bool) -> str:
    marks = "$$" if display else "$"
    return f'<code class="unresolved">{escape(marks + latex + marks, quote=False)}</code>'


@functools.cache
def _environments() -> tuple[str, ...]:
    from latex2mathml import commands

    return (*(name.removeprefix("\\") for name in commands.MATRICES), *SYNONYMS)


@functools.cache
def _commands() -> tuple[str, ...]:
    from latex2mathml import commands
    from latex2mathml.symbols_parser import SYMBOLS

    own = (value for value in vars(commands).values() if isinstance(value, str | tuple | dict))
    named = {name for value in own for name in ((value,) if isinstance(value, str) else value)}
    return tuple(sorted(name for name in named | set(SYMBOLS) if isinstance(name, str) and COMMAND.fullmatch(name)))
