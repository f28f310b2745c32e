"""Where articles lie: what in their folder is one, and what a file may be called."""

from __future__ import annotations

import os
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
        return [folder.joinpath(*parts) for parts in sorted(_candidates(folder))]
    except OSError as error:
        raise UsageError(f"{folder}: cannot be looked at: {error.strerror}") from error


def _candidates(folder: Path) -> Iterator[tuple[str, ...]]:
    """Yield the parts of their names."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if entry.is_dir():
                yield from [(entry.name, "index.md")] if _has_article(entry.path) else []
            elif entry.name.endswith(".md") and entry.name.lower() not in NOT:
                yield (entry.name,)


def _has_article(folder: str) -> bool:
    try:
        return "index.md" in os.listdir(folder)
    except OSError:
        return True
