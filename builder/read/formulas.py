"""Formulas in the words of the front matter: drawn in a heading, plain where only words can stand."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from builder.frozen import frozen
from builder.read.markdown import dollars, macros, mathml, maths
from builder.read.markdown.macros import Macro
from builder.read.markdown.typography import curled


@frozen
class Words:
    """A text in plain words, and in HTML where it holds formulas, else ""; with what is wrong with them."""

    plain: str
    html: str = ""
    mistakes: tuple[str, ...] = ()


def read(text: str, own: Iterable[Macro] = ()) -> Words:
    """Set a text that may hold formulas `$…$`; `\\$` is a dollar."""
    pieces = dollars.pieces(text)
    words = [curled(piece.replace("\\$", "$")) for piece in pieces[::2]]
    if len(pieces) == 1:
        return Words(words[0])
    made = [maths.formula(latex, False, macros.needed(latex, own)) for latex in pieces[1::2]]
    html = [mathml.unstyled(formula.html) for formula in made]
    return Words(
        _joined(words, map(mathml.plain, html)),
        _joined(map(escape, words), html),
        tuple(message for formula in made for _, message in formula.mistakes),
    )


def _joined(words: Iterable[str], between: Iterable[str]) -> str:
    return "".join(word + formula for word, formula in zip(words, [*between, ""], strict=True))


def check(own: Iterable[Macro]) -> list[tuple[int, str]]:
    """List what is wrong with commands, (line, message), each tried on its own."""
    own = tuple(own)
    return [
        (macro.line, f"\\{macro.name}: {message}")
        for macro in own
        for _, message in maths.formula(macro.example, True, macros.needed(macro.example, own)).mistakes
    ]
