"""What is found in an article: things in the order of reading, their numbers and labels."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from markdown_it.token import Token

from builder.read.markdown import headings
from builder.read.markdown.cross_references import ForeignUse, Target
from builder.read.markdown.elements import Directive, FileUse, Heading, ImageUse, UnitMention, ValueMention
from builder.read.markdown.footnotes import Note
from builder.read.markdown.parts import Citation
from builder.read.markdown.source import Source

if TYPE_CHECKING:
    from builder.read.bibliography import Entry

PAGE_IDS = frozenset({"main", "contents", "footnotes", "references", "cite-this", "cards"})
"""Ids that pages use themselves."""


@dataclass
class Outline:
    """What a walk has found; lists are in the order of reading."""

    source: Source
    bodies: dict[int, list[Token]]
    reserved: frozenset[str] = PAGE_IDS
    claimed: dict[str, int] = field(default_factory=dict)
    ids: set[str] = field(default_factory=set)
    counts: dict[str, int] = field(default_factory=dict)
    targets: dict[str, Target] = field(default_factory=dict)
    directives: list[Directive] = field(default_factory=list)
    units: list[UnitMention] = field(default_factory=list)
    values: list[ValueMention] = field(default_factory=list)
    images: list[ImageUse] = field(default_factory=list)
    files: list[FileUse] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    works: dict[str, Entry] = field(default_factory=dict)
    citations: list[Citation] = field(default_factory=list)
    notes: dict[int, Note] = field(default_factory=dict)
    references: list[Token] = field(default_factory=list)
    links: list[Token] = field(default_factory=list)
    foreign: list[ForeignUse] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    words: int = 0
    maths: bool = False

    def count(self, kind: str) -> int:
        """Give the next number of a kind."""
        self.counts[kind] = self.counts.get(kind, 0) + 1
        return self.counts[kind]

    def claim(self, label: str, line: int) -> str:
        """Take a label that the author chose; a second one of the same name is a problem."""
        if label in self.claimed:
            there = self.source.told(self.claimed[label], line)
            self.source.problem(line, f"label {label!r} is taken already, at {there}")
        return self._take(label, line)

    def default(self, label: str, line: int) -> str:
        """Take a label made from a name, numbered so that it is nobody else's."""
        return self._take(label, line, self.reserved)

    def _take(self, label: str, line: int, reserved: Container[str] = ()) -> str:
        label = headings.unique(label, self.claimed, reserved)
        self.claimed[label] = line
        return label
