"""The YAML head of an article, checked key by key."""

from __future__ import annotations

import contextlib
import datetime
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from builder.errors import Place, Problem
from builder.plan.catalogue.nearest import nearest
from builder.read import authors, formulas, head
from builder.read.finding import can_be, what_it_is
from builder.read.front import Author, FrontMatter
from builder.read.head import Head, Lined, Mistake
from builder.read.markdown import macros, variables
from builder.read.markdown.macros import Macro

MOMENT = re.compile(r"[T ]\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?\s*(?:Z|[+-]\d\d:?\d\d)?$")
"""The hour behind a day, as Jekyll has it."""
MARKED = re.compile(
    r"\*\*[^*]+\*\*|(?<!\w)\*[^\s*][^*]*\*(?!\w)|`[^`]+`|\[[^\]]+\]\([^)]+\)"
    r"|</?(?:i|b|em|strong|code|sub|sup|br)/?>|\\(?:emph|text\w*)\{|\{%.*%\}"
)
"""Markdown, HTML and TeX, which a title does not read."""
MARKS = re.compile(r"[][*`<\\{]")
DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:)?(10\.\d{4,}/\S+)", re.IGNORECASE)
SYNONYMS = {"author": "authors", "math": "macros"}
IGNORED = frozenset({"imported"})
WORDS = ("title", "subtitle", "description")
ELSEWHERE = """
comments css csl documentclass editor engine execute fontsize format geometry header-includes highlight jupyter jupytext
katex kernelspec lang language layout link-citations mathjax menu nav_order number-sections numbersections output params
reading_time showtoc sidebar theme toc-depth toc_depth type weight
"""
MEANT = {
    **dict.fromkeys(("categories", "category", "keywords", "topics"), "tags"),
    **dict.fromkeys(("published", "publish", "unlisted"), "draft"),
    **dict.fromkeys(
        ("featuredimage", "featured_image", "image", "thumbnail", "cover", "banner", "preview", "picture"), "hero"
    ),
    **dict.fromkeys(("abstract", "summary", "excerpt", "intro"), "description"),
    **dict.fromkeys(("lastmod", "modified", "last_modified", "date_modified", "edited"), "updated"),
    **dict.fromkeys(("published_date", "publishdate", "created", "pubdate", "day"), "date"),
    **dict.fromkeys(("slug", "permalink", "url"), "slug"),
    **dict.fromkeys(("redirect_from", "redirects", "alias"), "aliases"),
    **dict.fromkeys(("bib", "references", "citations"), "bibliography"),
    **dict.fromkeys(("network", "weights", "checkpoint"), "model"),
    **dict.fromkeys(("data",), "dataset"),
    **dict.fromkeys(("licence", "copyright", "rights"), "license"),
    **dict.fromkeys(ELSEWHERE.split(), ""),
    **dict.fromkeys(("hide", "hidden", "private"), "draft"),
}
"""What other systems call things, in small letters, and what they are here; "" is what means nothing here."""
HINTS = {
    "tags": "write 'tags: [one, two]'",
    "draft": "write 'draft: true' for what is not to be seen yet",
    "hero": "write 'hero:' and the label of a figure or a picture beside the article",
    "slug": "the name of the folder is the address; old ones are 'aliases:'",
    "aliases": "write 'aliases: [old-address]'",
    "bibliography": "write 'bibliography: works.bib'",
    "": "leave it out",
}


def read(top: Head, name: Path, folder: Path, problems: list[Problem], own: tuple[Macro, ...] = ()) -> FrontMatter:
    """Read and check a head; each mistake is added to `problems` and leaves a default.

    `own` are commands that formulas may use besides the article's.
    """
    if not top.before or (not top.text and top.line == 1):
        return FrontMatter()
    entries = head.entries(top, name, problems)
    if entries is None:
        return FrontMatter()
    values: dict[str, Any] = {}
    lines = {key: line for key, _, line in entries}
    for key, value, line in entries:
        try:
            _take(key, value, folder, values)
        except Mistake as mistake:
            problems.append(Problem(Place(name, mistake.line or line), f"front matter: {mistake}"))
    if not values.get("title") and not any("title:" in problem.message for problem in problems):
        problems.append(Problem(Place(name, lines.get("title", 1)), "front matter: no title"))
    lines = {SYNONYMS.get(key, key): line for key, line in lines.items()}
    problems += [Problem(Place(name, lines[key]), f"front matter: {said}", True) for key, said in _marked(values)]
    for line, message in _drawn(values, lines, own):
        problems.append(Problem(Place(name, line), f"front matter: {message}"))
    return FrontMatter(**values, lines=lines)


def _marked(values: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Find marks of Markdown, HTML and TeX in the texts of a head, which are shown as they are written."""
    for key in WORDS:
        text = str(values.get(key, ""))
        if match := MARKS.search(text) and MARKED.search(text):
            yield key, f"{key}: {match[0]!r} stays as it is written; a head holds words and formulas"


def _drawn(values: dict[str, Any], lines: Mapping[str, int], own: tuple[Macro, ...]) -> Iterator[tuple[int, str]]:
    """Set the formulas of a head; yield what is wrong with them."""
    mine = values.get("macros", ())
    yield from ((line, f"macros: {message}") for line, message in formulas.check(mine))
    values["drawn"] = {}
    for key in WORDS:
        words = formulas.read(str(values.get(key, "")), (*own, *mine))
        values[key] = words.plain
        values["drawn"] |= {key: words.html} if words.html else {}
        yield from ((lines[key], f"{key}: {message}") for message in words.mistakes)


def _take(key: str, value: object, folder: Path, values: dict[str, Any]) -> None:
    name = SYNONYMS.get(key, key)
    if name in IGNORED:
        return
    if name not in READ:
        raise Mistake(f"no key {key!r}{_hint(key.lower()) or nearest(key, [*READ, *SYNONYMS])}")
    if name in values:
        other = next(synonym for synonym, meant in SYNONYMS.items() if meant == name)
        raise Mistake(f"{other!r} and {name!r} are the same; keep one")
    if value is not None:
        values[name] = READ[name](key, value, folder)


def _hint(key: str) -> str:
    meant = MEANT.get(key)
    return "" if meant is None else "; " + HINTS.get(meant, f"write '{meant}:'")


def _text(key: str, value: object, folder: Path) -> str:
    return head.text(key, value)


def _people(key: str, value: object, folder: Path) -> tuple[Author, ...]:
    return authors.people(key, value)


def _macros(key: str, value: object, folder: Path) -> tuple[Macro, ...]:
    if not isinstance(value, Lined):
        raise Mistake(f"{key}: expected lines '\\RR: \\mathbb{{R}}', not {value!r}")
    own: list[Macro] = []
    for name, body, line in value.rows:
        try:
            own.append(macros.read(name, body, line))
        except ValueError as error:
            raise Mistake(f"{key}: {error}", line) from error
    return tuple(own)


def _variables(key: str, value: object, folder: Path) -> dict[str, str]:
    if not isinstance(value, Lined):
        raise Mistake(f"{key}: expected lines 'name: what it stands for', not {value!r}")
    own: dict[str, str] = {}
    for name, written, line in value.rows:
        try:
            own |= dict([variables.read(name, written)])
        except ValueError as error:
            raise Mistake(f"{key}: {error}", line) from error
    return own


def _flag(key: str, value: object, folder: Path) -> bool:
    if not isinstance(value, bool):
        raise Mistake(f"{key}: expected true or false, not {value!r}")
    return value


def _integer(key: str, value: object, folder: Path) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise Mistake(f"{key}: expected a whole number, not {value!r}")
    return value


def _day(key: str, value: object, folder: Path) -> datetime.date:
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    if isinstance(value, str):
        with contextlib.suppress(ValueError):
            return datetime.date.fromisoformat(MOMENT.sub("", value.strip()))
    raise Mistake(f"{key}: expected a date like 2026-03-31, not {value!r}")


def _texts(key: str, value: object, folder: Path) -> tuple[str, ...]:
    if isinstance(value, str):
        return tuple(part.strip() for part in value.split(",") if part.strip())
    if not isinstance(value, list):
        raise Mistake(f"{key}: expected a list, not {value!r}")
    return tuple(_text(key, item, folder) for item in value)


def _file(key: str, value: object, folder: Path) -> Path:
    path = folder / _text(key, value, folder)
    if not can_be(str(value)):
        raise Mistake(f"{key}: no file can be called {str(value)[:60]!r}")
    if what := what_it_is(path):
        raise Mistake(f"{key}: {str(value)!r} is no file, but {what}")
    if not path.is_file():
        beside = [file.name for file in path.parent.glob("*")] if path.parent.is_dir() else []
        raise Mistake(f"{key}: no file {str(value)!r} beside the article{nearest(path.name, beside)}")
    return path


def _doi(key: str, value: object, folder: Path) -> str:
    match = DOI.fullmatch(_text(key, value, folder))
    if match is None:
        raise Mistake(f"{key}: expected a DOI like '10.23915/distill.00024', not {value!r}")
    return match[1]


READ: dict[str, Callable[[str, object, Path], object]] = {
    "title": _text,
    "subtitle": _text,
    "description": _text,
    "authors": _people,
    "date": _day,
    "updated": _day,
    "tags": _texts,
    "bibliography": _file,
    "model": _text,
    "dataset": _text,
    "seed": _integer,
    "draft": _flag,
    "hero": _text,
    "doi": _doi,
    "license": _text,
    "series": _text,
    "toc": _flag,
    "aliases": _texts,
    "macros": _macros,
    "variables": _variables,
}
