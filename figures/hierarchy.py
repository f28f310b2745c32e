"""A tree of units, each with its pictures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from figures.artifact import Keep, Sprite
from figures.kept import checks
from figures.kept.hierarchy import HierarchyNode, HierarchyPart


@dataclass(frozen=True)
class Hierarchy:
    """A tree of units, `nodes[0]` on top, parents before their children; each has `each` tiles of the sheet."""

    nodes: tuple[HierarchyNode, ...]
    sheet: Sprite
    each: int
    alt: str = ""
    name: str = "hierarchy"
    title: str = ""
    shown: Mapping[str, str] = field(default_factory=dict)

    def problems(self) -> Iterator[str]:
        """Yield what is wrong with it."""
        yield from checks.text("alt", self.alt)
        yield from checks.within("sheet", checks.part(self.sheet, ()))
        sizes = [*checks.sizes(self, "each")]
        yield from sizes or checks.nodes(self.nodes, len(self.sheet.tiles), self.each)

    def kept(self, keep: Keep) -> HierarchyPart:
        """Hand over its bytes; return all else."""
        nodes, sheet = tuple(self.nodes), self.sheet.kept(keep)
        common: dict[str, Any] = {"name": self.name, "title": self.title, "shown": dict(self.shown)}
        return HierarchyPart(**common, nodes=nodes, sheet=sheet, each=int(self.each), alt=self.alt)
