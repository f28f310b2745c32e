"""Blocks of code, highlighted with Pygments' classes."""

from __future__ import annotations

import functools
import re
from html import escape
from typing import TYPE_CHECKING

from markdown_it.token import Token

from builder.plan.catalogue.nearest import nearest
from builder.read.markdown.attributes import trailing
from builder.read.markdown.explained import Explained
from builder.read.markdown.parts import Code
from builder.read.markdown.source import Source

if TYPE_CHECKING:
    from pygments.formatters.html import HtmlFormatter
    from pygments.lexer import Lexer

EXPLAINED = Explained(
    title="Code",
    text="A language behind the marks colours it; `{.class}` behind the language gives it a class. Code is "
    "shown and never run.",
    example="""\
```python {.wide}
import figures
```""",
)

PLAIN = frozenset({"", "text", "txt", "plain", "console-output", "output"})
BRACED = re.compile(r"\{[^{}]*\}?")


def prepare(token: Token, source: Source, line: int) -> None:
    """Read the language of a block; an unknown one is a warning and stays without colour."""
    info, attributes = trailing(token.info)
    braced = BRACED.match(info.strip())
    language = braced[0] if braced else info.split()[0] if info.split() else ""
    if braced:
        source.problem(line, _braced(token.markup, language))
        language = ""
    elif not known(language):
        source.problem(line, f"code: no language {language!r}{nearest(language, languages())}", warning=True)
    if more := "" if braced else info.strip().removeprefix(language).strip():
        told = f"code: {more!r} behind the language is not understood; write {{.class}} or leave it out"
        source.problem(line, told, warning=True)
    token.meta["language"] = language
    token.meta["classes"] = tuple(str(attributes.get("class", "")).split())


def _braced(marks: str, braced: str) -> str:
    """Say how code with its language in braces, as notebooks have it, or a directive is written here."""
    name = braced.strip("{}").partition(",")[0].lstrip(".")
    if name in ("code-cell", "code-block", "code") or (name and known(name)):
        shown = "python" if name.startswith("code") else name
        return f"code is shown here and never run; write {marks + shown!r}, not {marks + braced!r}"
    return f"a directive is written with colons, ':::{braced}', not {marks + braced!r}"


def element(token: Token) -> Code:
    """Highlight a block."""
    language = token.meta.get("language", "")
    label, html = highlighted(language, token.content)
    return Code(language, label, html, token.content, token.meta.get("classes", ()))


@functools.cache
def highlighted(language: str, text: str) -> tuple[str, str]:
    """Return the name of a language as readers know it, and the text in spans."""
    if language in PLAIN or not known(language):
        return ("" if language in PLAIN else language), escape(text, quote=False)
    from pygments import highlight

    lexer = _lexer(language)
    return lexer.name, highlight(text, lexer, _formatter())


@functools.cache
def _lexer(language: str) -> Lexer:
    from pygments.lexers import get_lexer_by_name

    return get_lexer_by_name(language, stripnl=False)


@functools.cache
def _formatter() -> HtmlFormatter[str]:
    """Make what writes spans once: it collects all its styles each time."""
    from pygments.formatters.html import HtmlFormatter

    return HtmlFormatter(nowrap=True)


def known(language: str) -> bool:
    """Say whether a language can be shown."""
    return language in PLAIN or language.lower() in languages()


@functools.cache
def languages() -> frozenset[str]:
    """List the names of languages, from Pygments' own table, without loading a lexer."""
    from pygments.lexers._mapping import LEXERS

    return frozenset(alias for _, _, aliases, _, _ in LEXERS.values() for alias in aliases)
