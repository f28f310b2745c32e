"""The tree of units that an artifact has once it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from figures.kept.parts import KeptPart, SpritePart


@dataclass(frozen=True)
class HierarchyNode:
    """A unit of a hierarchy: `name` with its direction, `unit` the channel that has a page, the author's `caption`.

    `parent` is the number of another node, None on top. `lines` stand below it; `signed` is what it adds to its
    parent, None on top, and `share` how wide its edge is, of 1. `state` is "", `kept` or `discarded`. Of one with
    children, `head` says what they add up to, `composed` what they are called together.
    """

    name: str
    unit: str
    caption: str = ""
    parent: int | None = None
    lines: tuple[str, ...] = ()
    signed: float | None = None
    share: float = 0.0
    state: str = ""
    head: str = ""
    composed: str = ""


@dataclass(frozen=True, kw_only=True)
class HierarchyPart(KeptPart, kind="hierarchy"):
    """A tree of units, each with `each` tiles of a sheet; parents stand before their children, `nodes[0]` on top."""

    nodes: tuple[HierarchyNode, ...]
    sheet: SpritePart
    each: int
    alt: str = ""

    @classmethod
    def of(cls, fields: Mapping[str, Any]) -> HierarchyPart:
        nodes = tuple(HierarchyNode(**{**node, "lines": tuple(node["lines"])}) for node in fields["nodes"])
        sheet = {name: value for name, value in fields["sheet"].items() if name != "kind"}
        return cls(**{**fields, "nodes": nodes, "sheet": SpritePart.of(sheet)})

    def children(self, number: int) -> list[int]:
        """List the numbers of a node's children."""
        return [at for at, node in enumerate(self.nodes) if node.parent == number]

    def in_row(self, number: int) -> list[int]:
        """List a node's children as they stand in a row: those that are set apart at its end."""
        return sorted(self.children(number), key=lambda at: self.nodes[at].state == "discarded")

    @property
    def opened(self) -> list[int]:
        """List the nodes whose children are seen at first: from the top down, what is kept before what is not."""
        path, at = [], [0]
        while at:
            path.append(at[0])
            further = [one for one in self.children(at[0]) if self.children(one)]
            at = sorted(further, key=lambda one: self.nodes[one].state != "kept")
        return path

    @property
    def across(self) -> int:
        """Count the children of the node that has most."""
        return max((len(self.children(number)) for number in range(len(self.nodes))), default=0) or 1

    @property
    def pictures(self) -> tuple[tuple[str, str], ...]:
        return self.sheet.pictures

    @property
    def raster(self) -> str:
        return self.sheet.raster

    @property
    def units(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(node.unit for node in self.nodes))
