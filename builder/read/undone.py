"""LaTeX in the fields of a bibliography, undone: words, and formulas between dollars."""

from __future__ import annotations

import functools
import logging
import re
import unicodedata
from dataclasses import dataclass
from html import escape

FIRST_IS_NONE = re.compile(r"\\(?:href|textcolor|color|foreignlanguage|fontsize|hspace|vspace)\s*\{[^{}]*\}\s*")
ACCENT = r"(?:[cvuHkbdrt]|textsuperscript|textsubscript)(?![A-Za-z])"
WITH_ARGUMENT = re.compile(rf"\\(?!{ACCENT})[A-Za-z]+\*?\s*(?=\{{[^}}])")
"""A command of which its argument is kept: \\emph, \\texttt, \\url, and all that nobody knows."""
LOGO = re.compile(r"\\((?:Bib|La|Xe|Lua)?(?:La)?TeX)(?![A-Za-z])(?:\{\})?")
COMMAND = re.compile(r"\\([A-Za-z]+\s*|.)")


@dataclass(frozen=True)
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
    if "\\" not in latex:
        return _tidy(latex.replace("{", "").replace("}", ""))
    return _tidy(_decoded(WITH_ARGUMENT.sub("", FIRST_IS_NONE.sub("", LOGO.sub(r"\1", latex)))))


def _decoded(latex: str) -> str:
    """Let the library for LaTeX undo what is left; a text that it cannot read loses its commands."""
    try:
        text = _decoder()(latex)
    except Exception:
        text = COMMAND.sub(lambda match: "" if match[1][0].isalpha() else match[1], latex)
    return text.replace("{", "").replace("}", "")


def _tidy(text: str) -> str:
    from builder.read.markdown.typography import curled

    words = text.replace("~", "\N{NO-BREAK SPACE}").replace("``", "“").replace("''", "”").replace("`", "‘")
    return curled(unicodedata.normalize("NFC", words))


@functools.cache
def _decoder():
    from pylatexenc.latex2text import LatexNodes2Text

    logging.getLogger("pylatexenc").setLevel(logging.CRITICAL)
    return LatexNodes2Text(math_mode="verbatim", keep_braced_groups=False, strict_latex_spaces=True).latex_to_text
