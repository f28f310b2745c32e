"""A walk from a unit down to the first layer, as it is handed on: its nodes, its edges, its pictures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from figures.units import Unit

KEPT, DISCARDED = "kept", "discarded"


@dataclass(frozen=True)
class Node:
    """A unit of a walk at one place of its map, where it answers `value`; `parent` is a number of another, None on top.

    A unit whose value is below zero goes by its other direction, `block8:12-`. `rank` counts from 1; `signed` is what
    it adds to its parent, `share` its part of all absolute weights of its layer, `reach` the product of the shares from
    the top down. `inactive` units have no edges; `state` is `KEPT` or `DISCARDED` where the author says so.
    """

    unit: Unit
    label: str
    caption: str
    place: tuple[int, int]
    value: float
    parent: int | None = None
    rank: int = 0
    signed: float = np.nan
    share: float = np.nan
    reach: float = 1.0
    inactive: bool = False
    state: str = ""

    @property
    def name(self) -> str:
        """Name the unit without its place."""
        return str(replace(self.unit, position=None))

    @property
    def address(self) -> str:
        """Name the unit with its direction and, where it has one, its place."""
        return str(self.unit)


@dataclass(frozen=True)
class Sum:
    """What all channels of a layer add up to for a unit, beside its value; `round` tells of paths round the layer."""

    layer: str
    value: float
    total: float
    around: bool


@dataclass(frozen=True)
class Walk:
    """A walk in a picture (channel, side, side) in [0, 1], from `nodes[0]` down through `layers`.

    Parents stand before their children, and children by rank. `sums` tells of each unit that was gone on from, by its
    number. maps (n, channel, side, side) in [-1, 1]: the path of each node, and `rules` how it was gone. patches (n, k,
    side, side, 3) uint8: what each unit sees of the images that it answers to most; none where k is 0.
    """

    network: str
    dataset: str
    picture: np.ndarray
    word: str
    layers: tuple[str, ...]
    nodes: tuple[Node, ...]
    sums: Mapping[int, Sum]
    maps: np.ndarray
    rules: tuple[str, ...]
    patches: tuple[np.ndarray, ...]

    def children(self, number: int) -> list[int]:
        """List the numbers of a unit's children, the strongest first."""
        return [at for at, node in enumerate(self.nodes) if node.parent == number]

    def depth(self, number: int) -> int:
        """Count the steps from the top to a unit."""
        parent = self.nodes[number].parent
        return 0 if parent is None else 1 + self.depth(parent)

    def composed(self, number: int) -> str:
        """Say what a unit is composed of by the captions of its children that are not set apart: `fur + eye + …`."""
        children = [self.nodes[at] for at in self.children(number) if self.nodes[at].state != DISCARDED]
        named = [node for node in children if node.caption]
        words = "".join(f" {'−' if node.signed < 0 else '+'} {node.caption}" for node in named)
        more = " + …" if words and len(named) < len(children) else ""
        return words.removeprefix(" + ").strip() + more

    def columns(self) -> dict[str, Sequence[object]]:
        """Return what a table lists of each edge."""
        rows = [node for node in self.nodes if node.parent is not None]
        return {
            "parent": [self.nodes[node.parent or 0].address for node in rows],
            "child": [node.address for node in rows],
            "rank": [node.rank for node in rows],
            "signed weight": [node.signed for node in rows],
            "share": [node.share for node in rows],
            "activation": [node.value for node in rows],
            "kept": [node.state for node in rows],
            "caption": [node.caption for node in rows],
        }
