"""Blocks of code, highlighted with Pygments' classes."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Mapping
from html import escape
from typing import TYPE_CHECKING

from markdown_it.token import Token

from builder.frozen import frozen
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
    text="A language behind the marks colours it; braces behind the language may hold a class, `highlight` with the "
    "lines to mark, and `numbers` with the number of the first line, for lines to be numbered. Code is shown and never "
    "run. What `mermaid` stands behind is drawn, for light and for dark pages, where the package for it is installed "
    "(`pip install microscribe[mermaid]`); a line `accDescr:` of the diagram, or `alt` in the braces, says in words "
    "what it shows.",
    example="""\
```python {.wide highlight="2" numbers=1}
import figures
from figures import run
```""",
)

PLAIN = frozenset({"", "text", "txt", "plain", "console-output", "output"})
DRAWN_ELSEWHERE = {
    "mermaid": "`pip install 'microscribe[mermaid]'` brings what draws it",
    "vega-lite": "keep it in a file beside the article, and show that: ':::{vega-lite}' with ':spec: chart.json'",
}
"""What other systems draw where it stands, and how it is shown here."""
KNOWN = frozenset({"class", "id", "highlight", "numbers"})
RANGE = re.compile(r"\s*(\d+)?\s*(-)?\s*(\d+)?\s*")
BRACED = re.compile(r"\{[^{}]*\}?")


@frozen
class Lines:
    """Lines of code by number: which to mark, whether to show their numbers, and the file they are from, if any."""

    numbers: tuple[int, ...] = ()
    marked: frozenset[int] = frozenset()
    numbered: bool = False
    file: str = ""


def prepare(token: Token, source: Source, line: int) -> None:
    """Read the language of a block; an unknown one is a warning and stays without colour."""
    info, attributes = trailing(token.info)
    braced = BRACED.match(info.strip())
    classes = tuple(str(attributes.get("class", "")).split())
    language = braced[0] if braced else info.split()[0] if info.split() else ""
    if not language and classes and classes[0] not in PLAIN and known(classes[0]):
        language, classes = classes[0], classes[1:]  # as Pandoc has it: ``` {.python}
    if braced:
        source.problem(line, _braced(token.markup, language))
        language = ""
    elif language.lower() in DRAWN_ELSEWHERE:
        source.problem(
            line, f"code: {language} is shown as it is written; {DRAWN_ELSEWHERE[language.lower()]}", warning=True
        )
    elif not known(language):
        source.problem(line, f"code: no language {language!r}{nearest(language, languages())}", warning=True)
    if more := "" if braced else info.strip().removeprefix(language).strip():
        told = f"code: {more!r} behind the language is not understood; write {{.class}} or leave it out"
        source.problem(line, told, warning=True)
    token.meta["language"] = language
    token.meta.setdefault("classes", classes)
    token.meta.setdefault("lines", _lines(token.content, attributes, source, line))


def _lines(text: str, attributes: Mapping[str, str], source: Source, line: int) -> Lines:
    """Read what the braces behind a language say of lines."""
    for name in attributes.keys() - KNOWN:
        source.problem(line, f"code: no attribute {name!r}{nearest(name, KNOWN)}", warning=True)
    first = attributes.get("numbers", "1")
    if not first.isdecimal():
        source.problem(line, f"code: numbers={first!r}; expected the number of the first line")
        first = "1"
    numbers = range(int(first), int(first) + text.count("\n"))
    marks = marked(attributes.get("highlight", ""), numbers, source, line)
    return Lines(tuple(numbers), marks, "numbers" in attributes)


def marked(text: str, numbers: Iterable[int], source: Source, line: int) -> frozenset[int]:
    """Read which lines to mark; those that are not shown are a problem."""
    shown = sorted(numbers)
    try:
        asked = ranges(text, shown[-1] if shown else 0, "highlight") if text else ()
    except ValueError as error:
        source.problem(line, f"code: {error}")
        return frozenset()
    if missing := sorted(set(asked) - set(shown)):
        told = f"code: highlight: line {missing[0]} is not shown; these are: {shown[0]} to {shown[-1]}"
        source.problem(line, told)
    return frozenset(asked)


def ranges(text: str, last: int, what: str) -> list[int]:
    """Read numbers of lines, `1-4, 9, 12-`; raises ValueError with what was expected."""
    numbers: list[int] = []
    for part in text.split(","):
        match = RANGE.fullmatch(part)
        if match is None or not (match[1] or match[3]):
            raise ValueError(f"{what}: {part.strip()!r}; expected lines as 10-20 or 1-4, 9")
        begin = int(match[1] or 1)
        end = int(match[3] or last) if match[2] else begin
        if not 0 < begin <= end <= last:
            raise ValueError(f"{what}: {part.strip()!r}; expected lines between 1 and {last}")
        numbers += range(begin, end + 1)
    return numbers


def _braced(marks: str, braced: str) -> str:
    """Say how code with its language in braces, as notebooks have it, or a directive is written here."""
    name = braced.strip("{}").partition(",")[0].lstrip(".")
    if name in ("code-cell", "code-block", "code") or (name and known(name)):
        shown = "python" if name.startswith("code") else name
        return f"code is shown here and never run; write {marks + shown!r}, not {marks + braced!r}"
    return f"a directive is written with colons, ':::{braced}', not {marks + braced!r}"


def element(token: Token, coloured: Callable[[str, str], tuple[str, str]]) -> Code:
    """Highlight a block; `coloured` is `highlighted`, or knows what that said before."""
    language = token.meta.get("language", "")
    label, html = coloured(language, token.content)
    lines: Lines = token.meta.get("lines", Lines())
    if lines.marked or lines.numbered:
        html = _by_line(html, lines)
    return Code(language, label, html, token.content, token.meta.get("classes", ()), lines.file)


def _by_line(html: str, lines: Lines) -> str:
    """Make each line an element of its own, as no span of Pygments runs on into the next."""
    written = zip(lines.numbers, html.removesuffix("\n").split("\n"), strict=False)
    return "".join(_line(number, text, lines) for number, text in written)


def _line(number: int, html: str, lines: Lines) -> str:
    name = "mark" if number in lines.marked else "span"
    shown = f' data-line="{number}"' if lines.numbered else ""
    return f'<{name} class="line"{shown}>{html}\n</{name}>'


def language_of(file: str) -> str:
    """Name the language that a file is in, as its name tells; "" where it does not."""
    from pygments.lexers import find_lexer_class_for_filename

    lexer = find_lexer_class_for_filename(file)
    return lexer.aliases[0] if lexer and lexer.aliases else ""


@functools.lru_cache(1024)
def highlighted(language: str, text: str) -> tuple[str, str]:
    """Return the name of a language as readers know it, and the text in spans."""
    if not has_colours(language):
        return ("" if language in PLAIN else language), escape(text, quote=False)
    from pygments import highlight

    lexer = _lexer(language)
    return lexer.name, highlight(text, lexer, _formatter())


@functools.cache
def _lexer(language: str) -> Lexer:
    from pygments.lexers import get_lexer_by_name

    from builder.read.markdown import lexing

    lexer = get_lexer_by_name(language, stripnl=False)
    lexing.join(lexer)
    return lexer


@functools.cache
def _formatter() -> HtmlFormatter[str]:
    """Make what writes spans once: it collects all its styles each time."""
    from pygments.formatters.html import HtmlFormatter

    return HtmlFormatter(nowrap=True)


def has_colours(language: str) -> bool:
    """Tell whether there is something to colour in a language."""
    return language not in PLAIN and known(language)


def known(language: str) -> bool:
    """Say whether a language can be shown."""
    return language in PLAIN or language.lower() in languages()


@functools.cache
def languages() -> frozenset[str]:
    """List the names of languages, from Pygments' own table, without loading a lexer."""
    from pygments.lexers._mapping import LEXERS

    return frozenset(alias for _, _, aliases, _, _ in LEXERS.values() for alias in aliases)
