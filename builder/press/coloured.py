"""Code as it was coloured, kept for each article: to get a lexer ready takes longer than to draw a page.

A block is kept under the digest of all that its colours depend on, with a digest of them. All of an article stand in
the first line of the file that keeps its text: each file that a build from nothing writes takes time.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from builder.memory import digest, name_of
from builder.read.markdown import code

FOLDER = "texts"


def file_of(article: Path, folder: Path) -> Path:
    """Say where the text of an article is kept in the folder of a store, behind its blocks of code."""
    return folder / FOLDER / name_of(article)


@dataclass
class Coloured:
    """The blocks of an article, kept in `file` if there is one; `era` digests what all colours depend on."""

    file: Path | None = None
    era: str = ""
    shown: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, article: Path, folder: Path, era: str) -> Coloured:
        """Find what is kept of an article in the folder of a store."""
        return cls(file_of(article, folder), era)

    def block(self, language: str, text: str) -> tuple[str, str]:
        """Return the name of a language as readers know it, and the text in spans."""
        if not code.has_colours(language):
            return code.highlighted(language, text)
        key = digest(self.era, language, text)
        match self._kept.get(key):
            case [label, html, seal] if seal == digest(key, label, html):
                pass
            case _:
                label, html = code.highlighted(language, text)
        self.shown[key] = [label, html, digest(key, label, html)]
        return label, html

    def keep(self) -> None:
        """Remember the blocks, for when something else in the article has changed."""
        if self.file is not None and self.shown and self.shown != self._kept:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            self.file.write_bytes(self.line())

    def line(self) -> bytes:
        """Write the blocks as they are kept."""
        return json.dumps(self.shown).encode() + b"\n"

    @cached_property
    def _kept(self) -> dict[str, list[str]]:
        known = None
        with suppress(OSError, ValueError, RecursionError):
            if self.file is not None:
                with self.file.open("rb") as file:
                    known = json.loads(file.readline())
        return known if isinstance(known, dict) else {}
