"""What goes wrong, and where: problems with a place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

MOST_SIGNS = 600
"""So many letters of a message are told."""


@dataclass(frozen=True, order=True)
class Place:
    """A line of a file; line 0 stands for the file as a whole."""

    path: Path
    line: int = 0

    def __str__(self) -> str:
        return f"{self.path}:{self.line}" if self.line else str(self.path)


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that an author can mend; warnings do not fail a build."""

    place: Place
    message: str
    warning: bool = False

    def __str__(self) -> str:
        return f"{self.place}: {'warning: ' if self.warning else ''}{self.message}"


class BuildError(Exception):
    """One or more problems that stopped a piece of work."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


def unforeseen(error: BaseException) -> str:
    """Say what went wrong that nobody foresaw, whatever its class, in so many words as anybody reads."""
    if isinstance(error, SyntaxError):
        return f"{error.filename}:{error.lineno}: not valid Python: {error.msg}"
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}" if error.filename else error.strerror
    return f"{type(error).__name__}: {words(error)}".removesuffix(": ")


def words(error: BaseException) -> str:
    """Say what an error says of itself; some cannot, and some never end."""
    try:
        said = str(error).partition("\n\nStack backtrace")[0].strip()
    except Exception:
        return "it cannot say what is wrong"
    return said if len(said) <= MOST_SIGNS else f"{said[: MOST_SIGNS - 1]}…"


class UsageError(Exception):
    """A command or setting that cannot be followed; exit status 2."""
