"""LaTeX in the fields of a bibliography, undone: words, and formulas between dollars."""

from __future__ import annotations

import functools
import logging
import re
import unicodedata
from collections.abc import Callable
from html import escape, unescape

from builder.frozen import frozen

DROPPED = re.compile(r"\\(?:thanks|footnote|footnotemark|noopsort|SortNoop|noop|label|index)\s*\{[^{}]*\}")
"""Commands whose argument is not printed where they stand."""
TAGS = "i|b|em|strong|u|tt|p|span|title|italic|bold|scp|inf|sc|sub|sup|jats:[a-z-]+"
PAIR = re.compile(rf"<({TAGS})(?:\s[^<>]*)?>(.*?)</\1>", re.IGNORECASE | re.DOTALL)
ENTITIES = "amp|lt|gt|quot|apos|nbsp|[a-z]+(?:acute|grave|uml|circ|tilde|cedil|slash|ring|caron)"
ENTITY = re.compile(rf"\\?&(?:{ENTITIES}|#\d+|#x[\da-f]+);", re.IGNORECASE)
"""HTML in the fields that publishers and Crossref write."""
RAISED = re.compile(r"(?:<(su[bp])>([^<>]{1,12})</su[bp]>|\\text(super|sub)script\s*\{([^{}\\]{1,12})\})", re.I)
RAISED_DIGITS = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
LOWERED_DIGITS = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
QUOTED = re.compile(r"\\(?:enquote|mkbibquote)\*?\s*\{([^{}]*)\}")
SIGNS = re.compile(r"\\text(less|greater|bar|asciicircum|asciitilde)(?![A-Za-z])(?:\{\}|[ \t]+)?")
SIGN = {"less": "<", "greater": ">", "bar": "|", "asciicircum": "^", "asciitilde": "\ue010"}
BARE = re.compile(r"(?<!\\)([%&])")
"""Signs that are none of LaTeX where people write a field by hand."""
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
"""Signs that show nothing, and some of which turn the line around."""
FIRST_IS_NONE = re.compile(r"\\(?:href|textcolor|color|foreignlanguage|fontsize|hspace|vspace)\s*\{[^{}]*\}\s*")
ACCENT = r"(?:[cvuHkbdrt]|textsuperscript|textsubscript)(?![A-Za-z])"
WITH_ARGUMENT = re.compile(rf"\\(?!{ACCENT})[A-Za-z]+\*?\s*(?=\{{[^}}])")
"""A command of which its argument is kept: \\emph, \\texttt, \\url, and all that nobody knows."""
LOGO = re.compile(r"\\((?:Bib|La|Xe|Lua)?(?:La)?TeX)(?![A-Za-z])(?:\{\})?")
COMMAND = re.compile(r"\\([A-Za-z]+\s*|.)")


@frozen
class Phrase:
    """A field in plain text and in HTML."""

    plain: str
    html: str


def phrase(latex: str) -> Phrase:
    """Undo a field that may hold formulas; what is no formula after all, such as money, is text."""
    # The package of Markdown reads bibliographies: it is asked when both are there.
    from builder.read.markdown import dollars, mathml, maths

    plain, html = [], []
    for number, piece in enumerate(dollars.pieces(latex)):
        formula = maths.formula(piece, False) if number % 2 else None
        if formula is None or formula.mistakes:
            words = _spaced(f"${piece}$" if formula else piece)
            plain.append(words)
            html.append(escape(words))
        else:
            plain.append(mathml.plain(formula.html))
            html.append(mathml.unstyled(formula.html))
    return Phrase(" ".join("".join(plain).split()), " ".join("".join(html).split()))


def undone(latex: str) -> str:
    """Undo accents, braces and commands; a formula is said in plain text."""
    return phrase(latex).plain if "$" in latex else " ".join(_spaced(latex).split())


def _spaced(latex: str) -> str:
    """Undo one piece; spaces at its ends stay."""
    latex = _cleared(latex)
    if "\\" not in latex:
        return _tidy(latex.replace("{", "").replace("}", ""))
    return _tidy(_decoded(WITH_ARGUMENT.sub("", FIRST_IS_NONE.sub("", LOGO.sub(r"\1", latex)))))


def _cleared(latex: str) -> str:
    """Undo what is no LaTeX, and commands that the library for LaTeX loses."""
    latex = UNSEEN.sub("", latex)
    if "<" in latex or "&" in latex or "script" in latex:
        latex = RAISED.sub(_raised, latex)
        while (bare := PAIR.sub(r"\2", latex)) != latex:
            latex = bare
        latex = ENTITY.sub(lambda match: unescape(match[0].lstrip("\\")), latex)
    if "\\" not in latex:
        return latex
    latex = QUOTED.sub(r"``\1''", DROPPED.sub("", latex))
    return BARE.sub(r"\\\1", SIGNS.sub(lambda match: SIGN[match[1]], latex))


def _raised(match: re.Match[str]) -> str:
    kind, text = (match[1] or match[3]).lower(), match[2] or match[4]
    moved = text.translate(RAISED_DIGITS if kind in ("sup", "super") else LOWERED_DIGITS)
    return moved if not any(one in text for one in moved) else text


def _decoded(latex: str) -> str:
    """Let the library for LaTeX undo what is left; a text that it cannot read loses its commands."""
    try:
        text = _decoder()(latex)
    except Exception:
        text = COMMAND.sub(lambda match: "" if match[1][0].isalpha() else match[1], latex)
    return text.replace("{", "").replace("}", "")


def _tidy(text: str) -> str:
    from builder.read.markdown.typography import curled

    for old, new in (("~", "\N{NO-BREAK SPACE}"), (SIGN["asciitilde"], "~"), ("``", "“"), ("''", "”"), ("`", "‘")):
        text = text.replace(old, new)
    return curled(unicodedata.normalize("NFC", text))


@functools.cache
def _decoder() -> Callable[[str], str]:
    from pylatexenc.latex2text import LatexNodes2Text

    logging.getLogger("pylatexenc").setLevel(logging.CRITICAL)
    nodes = LatexNodes2Text(math_mode="verbatim", keep_braced_groups=False, strict_latex_spaces=True)
    decode: Callable[[str], str] = nodes.latex_to_text
    return decode
