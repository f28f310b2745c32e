"""Where the text being parsed comes from, and what is wrong with it so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from builder.errors import Place, Problem

if TYPE_CHECKING:
    from markdown_it.utils import EnvType

    from builder.read.bibliography import Entry
    from builder.read.markdown.macros import Macro


@dataclass
class Source:
    """The text of one article while it is parsed.

    `before` counts the lines of the file above the Markdown; `line` is the line of the file
    at which the inline text in hand begins, kept by `lines.parse_inline`.
    """

    name: Path
    folder: Path
    before: int = 0
    works: Mapping[str, Entry] = field(default_factory=dict)
    has_bibliography: bool = False
    macros: tuple[Macro, ...] = ()
    problems: list[Problem] = field(default_factory=list)
    noted: set[Problem] = field(default_factory=set, repr=False)
    footnotes: dict[str, int] = field(default_factory=dict)
    line: int = 0

    @cached_property
    def home(self) -> Path:
        """The folder of the article, whatever leads to it."""
        return self.folder.resolve()

    def place(self, line: int) -> Place:
        """Give the place of a line of the file."""
        return Place(self.name, line)

    def problem(self, line: int, message: str, *, warning: bool = False) -> None:
        """Note a mistake once."""
        problem = Problem(self.place(line), message, warning)
        if problem not in self.noted:
            self.problems.append(problem)
            self.noted.add(problem)


KEY = "source"


def source_of(env: EnvType) -> Source:
    """Find the source that a parser's environment belongs to."""
    return env[KEY]
