"""An article: front matter and Markdown, read once, with every mistake in its place."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from builder.errors import Place, Problem
from builder.frozen import frozen
from builder.read.finding import contents
from builder.read.front import FrontMatter

if TYPE_CHECKING:
    from markdown_it.token import Token

    from builder.read.bibliography import Entry
    from builder.read.heroes import Hero
    from builder.read.markdown.cross_references import ForeignUse, Target
    from builder.read.markdown.elements import Directive, FileUse, Heading, ImageUse, UnitMention, ValueMention
    from builder.read.markdown.macros import Macro
    from builder.read.markdown.source import Inserted


@frozen
class Article:
    """One article. `path` is absolute, `name` is it relative to the root, as in messages.

    All tuples are in the order of the text; `bibliography` holds the works cited, in order of
    first use, `library` the places of all that its file has. `targets` are the things that text can point to, by
    label, `ids` the other ids of its page, `foreign` its links to things of other articles. `reads` are files whose
    content became text, `inserted` what stands for directives, by place; `variables` are all that it may use.
    `tokens` and `env` are for `builder.read.markdown.document.render`, `text` is the whole file as it was when these
    were read from it. One that is remembered has what others need of it, and no text.
    """

    path: Path
    name: Path
    slug: str
    front: FrontMatter
    hero: Hero | None = None
    directives: tuple[Directive, ...] = ()
    units: tuple[UnitMention, ...] = ()
    values: tuple[ValueMention, ...] = ()
    images: tuple[ImageUse, ...] = ()
    files: tuple[FileUse, ...] = ()
    foreign: tuple[ForeignUse, ...] = ()
    reads: tuple[Path, ...] = ()
    inserted: Mapping[Place, Inserted] = field(default_factory=dict, repr=False, compare=False)
    variables: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)
    bibliography: tuple[Entry, ...] = ()
    library: Mapping[str, Place] = field(default_factory=dict, repr=False, compare=False)
    headings: tuple[Heading, ...] = ()
    problems: tuple[Problem, ...] = ()
    words: int = 0
    maths: bool = False
    targets: Mapping[str, Target] = field(default_factory=dict, repr=False, compare=False)
    ids: frozenset[str] = frozenset()
    text: str = field(default="", repr=False, compare=False)
    tokens: tuple[Token, ...] = field(default=(), repr=False, compare=False)
    env: Mapping[str, Any] = field(default_factory=dict, repr=False, compare=False)
    is_remembered: bool = False

    @property
    def is_broken(self) -> bool:
        """Tell whether something stands in the way of its page."""
        return any(not problem.warning for problem in self.problems)


def attempted(
    path: Path, root: Path, macros: tuple[Macro, ...] = (), variables: Mapping[str, str] | None = None
) -> Article:
    """Read an article; whatever stops that, of whatever class, is its problem and nobody else's."""
    try:
        return read(path, root, macros, variables)
    except Exception as error:
        from builder.read import bounds

        said = error.strerror if isinstance(error, OSError) and error.strerror else f"{type(error).__name__}: {error}"
        name = _relative(path, root)
        problem = Problem(Place(name), f"the article cannot be read: {said}")
        return Article(path, name, _slug(path), FrontMatter(), problems=bounds.told([problem]))


def read(path: Path, root: Path, macros: tuple[Macro, ...] = (), variables: Mapping[str, str] | None = None) -> Article:
    """Read an article; mistakes are in its `problems`, with paths relative to `root`.

    `macros` are commands that formulas of the whole site may use, `variables` what names in braces stand for there.
    """
    from builder.read import bounds, front_matter, head, heroes
    from builder.read.markdown import document
    from builder.read.markdown.source import Source

    problems: list[Problem] = []
    name, folder = _relative(path, root), Path(os.path.realpath(path)).parent
    whole = _text(path, name, problems)
    top, text = head.split(whole, name, problems)
    front = front_matter.read(top, name, folder, problems, macros)
    works, mistakes, places = _library(front, root)
    own, words = (*macros, *front.macros), {**(variables or {}), **front.variables}
    source = Source(name, folder, top.before, works, front.bibliography is not None, own, words)
    if beyond := bounds.refused(text, top.before, Place(name)):
        problems.append(beyond)
        text = ""
    tokens, found = document.parse(text, source)
    problems += [*mistakes, *source.problems]
    hero = heroes.decide(front.hero, found, front.lines.get(heroes.KEY, 1), problems)
    return Article(
        path=path,
        name=name,
        slug=_slug(path),
        text=whole,
        front=front,
        hero=hero,
        directives=tuple(found.directives),
        units=tuple(found.units),
        values=tuple(found.values),
        images=tuple(found.images),
        files=tuple(found.files),
        foreign=tuple(found.foreign),
        reads=tuple(dict.fromkeys(source.reads)),
        inserted=source.inserted,
        variables=words,
        bibliography=tuple(found.works.values()),
        library=places,
        headings=tuple(found.headings),
        problems=bounds.told(problems),
        words=found.words,
        maths=found.maths,
        targets=found.targets,
        ids=frozenset(found.ids),
        tokens=tuple(tokens),
        env={"outline": found},
    )


def _slug(path: Path) -> str:
    return path.parent.name if path.stem == "index" else path.stem


def _relative(path: Path, root: Path) -> Path:
    root = root.resolve()
    return path.relative_to(root) if path.is_relative_to(root) else path


def _text(path: Path, name: Path, problems: list[Problem]) -> str:
    """Read a file as UTF-8 with plain line ends; bytes that are not are a problem."""
    data = contents(path)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        problems.append(Problem(Place(name, line), f"byte {data[error.start]:#04x} is not UTF-8"))
        text = data.decode("utf-8-sig", errors="replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _library(front: FrontMatter, root: Path) -> tuple[Mapping[str, Entry], tuple[Problem, ...], Mapping[str, Place]]:
    """Read the works of a bibliography, what is wrong with it, and the places of all that it has."""
    if front.bibliography is None:
        return {}, (), {}
    from builder.read import bibliography

    library = bibliography.load(front.bibliography, _relative(front.bibliography.resolve(), root))
    return library.entries, library.problems, {key: raw.place for key, raw in library.entries.raw.items()}
