"""Where the text being parsed comes from, file by file, and what is wrong with it so far."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from builder.errors import Place, Problem
from builder.frozen import frozen

if TYPE_CHECKING:
    from markdown_it.token import Token
    from markdown_it.utils import EnvType

    from builder.read.bibliography import Entry
    from builder.read.markdown.macros import Macro


@frozen
class Stretch:
    """The lines of an included file: its first is the line `before + 1` of the article, beyond the article's own."""

    before: int
    name: Path
    folder: Path


@frozen
class Inserted:
    """Markdown that stands for a directive; `name` is the file that its lines are those of, if it is one."""

    text: str
    name: Path = Path()


@dataclass
class Source:
    """The text of one article while it is parsed.

    `before` counts the lines of the file above the Markdown; `line` is the line of the file
    at which the inline text in hand begins, kept by `lines.parse_inline`. Lines of included files are counted on
    behind the article's own, `end` is the last of all: `place` says where a line really stands. `reads` are the files
    whose content became text, `inserted` is what stands for directives, by place.
    """

    name: Path
    folder: Path
    before: int = 0
    works: Mapping[str, Entry] = field(default_factory=dict)
    has_bibliography: bool = False
    macros: tuple[Macro, ...] = ()
    variables: Mapping[str, str] = field(default_factory=dict)
    end: int = 0
    stretches: list[Stretch] = field(default_factory=list)
    reads: list[Path] = field(default_factory=list)
    inserted: dict[Place, Inserted] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    noted: set[Problem] = field(default_factory=set, repr=False)
    footnotes: dict[str, int] = field(default_factory=dict)
    line: int = 0

    @cached_property
    def home(self) -> Path:
        """The folder of the article, whatever leads to it."""
        return self.folder.resolve()

    @cached_property
    def site(self) -> str:
        """The folder of the whole site, whatever leads to it, with a slash behind."""
        above = 0 if self.name.is_absolute() else len(self.name.parent.parts)
        return os.path.join([self.home, *self.home.parents][above], "")

    def real(self, file: Path) -> str:
        """Follow the links on the way to a file, those to its folder once."""
        folder = self._folders.get(file.parent) or self._folders.setdefault(file.parent, os.path.realpath(file.parent))
        there = os.path.join(folder, file.name)
        return os.path.realpath(there) if file.name == ".." or os.path.islink(there) else there

    @cached_property
    def _folders(self) -> dict[Path, str]:
        return {}

    def place(self, line: int) -> Place:
        """Give the place of a line: in the article, or in the file that was included there."""
        within = self.stretch(line)
        return Place(within.name, line - within.before)

    def stretch(self, line: int) -> Stretch:
        """Find the file that a line stands in."""
        return next((one for one in reversed(self.stretches) if one.before < line), self._own)

    @cached_property
    def _own(self) -> Stretch:
        return Stretch(0, self.name, self.folder)

    def begin(self, name: Path, folder: Path, count: int) -> Stretch:
        """Make room for the lines of a file that is included."""
        self.stretches.append(Stretch(self.end, name, folder))
        self.end += count
        return self.stretches[-1]

    def told(self, line: int, seen_from: int) -> str:
        """Say where a line is, as a message at another one has it: "line 12", with its file where that differs."""
        place = self.place(line)
        return f"line {place.line}" if place.path == self.place(seen_from).path else str(place)

    def problem(self, line: int, message: str, *, warning: bool = False) -> None:
        """Note a mistake once."""
        self.tell(self.place(line), message, warning=warning)

    def tell(self, place: Place, message: str, *, warning: bool = False) -> None:
        """Note a mistake at a place once."""
        problem = Problem(place, message, warning)
        if problem not in self.noted:
            self.problems.append(problem)
            self.noted.add(problem)


KEY = "source"


def source_of(env: EnvType) -> Source:
    """Find the source that a parser's environment belongs to."""
    source: Source = env[KEY]
    return source


def span(block: Token) -> tuple[int, int]:
    """Give the first line of a block and the one behind it, counted from 0; only what stands in a line has none."""
    assert block.map is not None
    first, behind = block.map
    return first, behind
