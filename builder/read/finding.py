"""Where articles lie: what in their folder is one, and what a file may be called."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from builder.errors import UsageError

LONGEST = 255
NOT = frozenset({"readme.md"})
"""Files beside articles that say something of the folder."""


def can_be(name: str) -> bool:
    """Tell whether a file may be called so: no part is too long, and none holds the letter zero."""
    return "\0" not in name and all(len(part.encode(errors="replace")) <= LONGEST for part in name.split("/"))


def candidates(folder: Path) -> list[Path]:
    """List the files that should be articles, in order: hidden ones are not, and those of other programs.

    A folder that cannot be entered stands for the article in it: reading it says why.
    """
    try:
        return sorted(_candidates(folder))
    except OSError as error:
        raise UsageError(f"{folder}: cannot be looked at: {error.strerror}") from error


def _candidates(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.name.startswith("."):
            continue
        if path.suffix == ".md" and path.name.lower() not in NOT and not path.is_dir():
            yield path
        elif path.is_dir() and _has_article(path):
            yield path / "index.md"


def _has_article(folder: Path) -> bool:
    try:
        return any(path.name == "index.md" for path in folder.iterdir())
    except OSError:
        return True
