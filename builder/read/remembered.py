"""What is remembered of an article: what others need of it, without its text."""

from __future__ import annotations

import datetime
import functools
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from builder.errors import Place, Problem
from builder.read.article import Article
from builder.read.front import Author, FrontMatter
from builder.read.heroes import Hero
from builder.read.markdown.cross_references import ForeignUse, Target

_PLAIN = ("title", "description", "draft", "series")
_TEXTS = ("tags", "aliases")
_DAYS = ("date", "updated")

Digest = Callable[[Path | str], str]


def inputs(article: Article, digest: Digest) -> dict[str, str]:
    """Digest every file that reading an article looked into, besides its own."""
    pictures = [file for image in article.images for file in (image.file, image.dark)]
    files = [*pictures, *(use.file for use in article.files), *article.reads, article.front.bibliography]
    files += [article.hero.file] if article.hero else []
    return {str(file): digest(file) for file in files if file is not None}


def are_same(files: Mapping[str, str], digest: Digest) -> bool:
    """Tell whether files are there and hold what they held."""
    try:
        return all(digest(name) == known for name, known in files.items())
    except OSError:
        return False


def record(article: Article) -> dict[str, Any]:
    """Write down what others need of an article."""
    front = article.front
    return {
        "front": {
            **{name: getattr(front, name) for name in (*_PLAIN, *_TEXTS)},
            **{name: day.isoformat() for name in _DAYS if (day := getattr(front, name)) is not None},
            "authors": [author.name for author in front.authors],
            "line": front.lines.get("aliases", 1),
        },
        "hero": [article.hero.label, str(article.hero.file or "")] if article.hero else None,
        "words": article.words,
        "maths": article.maths,
        "targets": json.dumps({label: [t.kind, t.id, t.number, t.html] for label, t in article.targets.items()}),
        "ids": sorted(article.ids),
        "foreign": [[use.slug, use.label, *_written(use.place), use.is_bare] for use in article.foreign],
        "problems": problems(article.problems),
    }


def article(path: Path, name: Path, slug: str, known: Mapping[str, Any]) -> Article:
    """Make an article of what is known of it: it has no text, and `is_remembered` says so."""
    hero = known["hero"]
    return Article(
        path=path,
        name=name,
        slug=slug,
        front=_front(known["front"]),
        hero=hero and Hero(hero[0], Path(hero[1]) if hero[1] else None),
        words=known["words"],
        maths=known["maths"],
        targets=Targets(known["targets"]),
        ids=frozenset(known["ids"]),
        foreign=tuple(_use(*written) for written in known["foreign"]),
        problems=told(known["problems"]),
        is_remembered=True,
    )


def _front(known: Mapping[str, Any]) -> FrontMatter:
    values: dict[str, Any] = {key: known[key] for key in _PLAIN}
    values |= {key: tuple(known[key]) for key in _TEXTS}
    values |= {key: datetime.date.fromisoformat(known[key]) for key in _DAYS if key in known}
    return FrontMatter(**values, authors=tuple(map(Author, known["authors"])), lines={"aliases": known["line"]})


class Targets(Mapping[str, Target]):
    """What text can point to, as JSON until something does: there are many, and few are asked for."""

    def __init__(self, written: str) -> None:
        self._written = written

    @functools.cached_property
    def _known(self) -> Mapping[str, list[str]]:
        known: Mapping[str, list[str]] = json.loads(self._written)
        return known

    def __getitem__(self, label: str) -> Target:
        kind, name, number, html = self._known[label]
        return Target(kind, name, number, html)

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)


_path = functools.lru_cache(64)(Path)
"""An article names few files, and each of them often."""


def _use(slug: str, label: str, file: str, line: int, is_bare: bool) -> ForeignUse:
    return ForeignUse(slug, label, Place(_path(file), line), is_bare)


def problems(found: tuple[Problem, ...]) -> list[list[Any]]:
    """Write down what was said of an article."""
    return [[*_written(one.place), one.message, one.warning] for one in found]


def told(known: list[list[Any]]) -> tuple[Problem, ...]:
    """Say again what was said of an article."""
    return tuple(Problem(Place(Path(file), line), message, warning) for file, line, message, warning in known)


def _written(place: Place) -> tuple[str, int]:
    return str(place.path), place.line
