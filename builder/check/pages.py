"""Pages as they were written, read for what a check needs of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path

from builder.frozen import frozen

ADDRESSES = {"href", "src", "data-spec", "data-runtime", "data-graph", "data-scene", "poster"}


@frozen
class Link:
    """An address in a page: the attribute it stands in and the element."""

    address: str
    element: str
    attribute: str


@frozen
class Page:
    """One HTML file; `path` is relative to the output folder."""

    path: str
    html: str = field(repr=False)

    @cached_property
    def _read(self) -> _Reader:
        reader = _Reader()
        reader.feed(self.html)
        return reader

    @property
    def ids(self) -> frozenset[str]:
        """What links may point to."""
        return frozenset(self._read.ids)

    @property
    def links(self) -> tuple[Link, ...]:
        """Every address in the page, in order."""
        return tuple(self._read.links)

    @property
    def figures(self) -> Mapping[str, tuple[str, ...]]:
        """The addresses inside each figure, by the figure's id."""
        return {name: tuple(links) for name, links in self._read.figures.items()}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: list[Link] = []
        self.figures: dict[str, list[str]] = {}
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if values.get("id"):
            self.ids.add(str(values["id"]))
        if tag == "figure":
            self.open.append(str(values.get("id") or ""))
            self.figures.setdefault(self.open[-1], [])
        for name, value in attrs:
            if name in ADDRESSES and value and tag != "base":
                self.links.append(Link(value, tag, name))
                if self.open:
                    self.figures[self.open[-1]].append(value)

    def handle_endtag(self, tag: str) -> None:
        if tag == "figure" and self.open:
            self.open.pop()


def read_pages(folder: Path) -> dict[str, Page]:
    """Read every page below a folder, by its path from there."""
    paths = sorted(folder.rglob("*.html"))
    return {path.relative_to(folder).as_posix(): Page(path.relative_to(folder).as_posix(), path.read_text("utf-8"))
            for path in paths}  # fmt: skip
