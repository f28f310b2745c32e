"""Pictures and other files that an article shows: found where its old system kept them, copied beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from builder.read.finding import can_be

ROOTS = ("", "static", "public", "assets", "docs")
"""Folders that other systems serve as the top of a site."""
FAR_UP = 5
HIDDEN = re.compile(r"^[.\s]+|[^\w.() +-]")


def split(target: str) -> SplitResult:
    """Part an address; one that is none is a path."""
    try:
        return urlsplit(target)
    except ValueError:
        return SplitResult("", "", target, "", "")


@dataclass
class Files:
    """What stands beside the new article: by its name there, the file it is a copy of."""

    source: Path
    taken: dict[str, Path] = field(default_factory=dict)

    def take(self, target: str) -> str:
        """Return the name that a file has beside the article, "" where there is no such file."""
        found = self.find(target)
        if found is None:
            return ""
        names = (name for name in _names(found) if self.taken.setdefault(name, found) == found)
        return next(names)

    def find(self, target: str) -> Path | None:
        """Find a file by the address that the source gives it."""
        address = split(target)
        path = unquote(address.path).lstrip("/")
        hidden = any(part.startswith(".") and part.strip(".") for part in path.split("/"))
        if address.scheme or address.netloc or not path or hidden or not can_be(path):
            return None
        return next((place for place in self._places(path) if place.is_file()), None)

    def _places(self, path: str) -> Iterator[Path]:
        folder = self.source.resolve().parent
        yield folder / path
        for above in (folder, *folder.parents[:FAR_UP]):
            for root in ROOTS:
                yield above / root / path


def _names(file: Path) -> Iterator[str]:
    """Yield names for a copy, the plain one first."""
    name = HIDDEN.sub("-", file.name).replace(" ", "-")
    yield name
    folder = re.sub(r"\W+", "-", file.parent.name).strip("-") or "other"
    yield f"{folder}-{name}"
    number = 2
    while True:
        yield f"{folder}-{number}-{name}"
        number += 1
