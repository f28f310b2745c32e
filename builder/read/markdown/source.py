"""Where the text being parsed comes from, and what is wrong with it so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from builder.errors import Place, Problem

if TYPE_CHECKING:
    from markdown_it.utils import EnvType

    from builder.read.bibliography import Entry


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
    problems: list[Problem] = field(default_factory=list)
    footnotes: dict[str, int] = field(default_factory=dict)
    line: int = 0

    def place(self, line: int) -> Place:
        """Give the place of a line of the file."""
        return Place(self.name, line)

    def problem(self, line: int, message: str, *, warning: bool = False) -> None:
        """Note a mistake once."""
        problem = Problem(self.place(line), message, warning)
        if problem not in self.problems:
            self.problems.append(problem)


KEY = "source"


def source_of(env: EnvType) -> Source:
    """Find the source that a parser's environment belongs to."""
    return env[KEY]
