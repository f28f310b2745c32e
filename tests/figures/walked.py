"""A walk and an edge, made up for tests of words and drawings."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from figures.methods.walks.edge import Edge
from figures.methods.walks.pairs import Pairs
from figures.methods.walks.walk import DISCARDED, KEPT, Node, Sum, Walk
from figures.units import Unit

NODES = (
    Node(Unit("logits", 1), "cat", "", (0, 0), 2.0),
    Node(Unit("b", 3, (1, 2)), "", "fur", (1, 2), 4.0, 0, 1, 1.5, 0.5, 0.5, state=KEPT),
    Node(Unit("b", 0, (0, 0), negative=True), "", "eye", (0, 0), -3.0, 0, 2, -0.5, 0.25, 0.25),
    Node(Unit("b", 2, (3, 3)), "", "", (3, 3), 1.0, 0, 3, 0.25, 0.1, 0.1, state=DISCARDED),
    Node(Unit("a", 5, (2, 2)), "", "", (2, 2), 0.0, 1, 1, 3.0, 0.75, 0.375, inactive=True),
)
SUMS = {0: Sum("b", 2.0, 1.5, False), 1: Sum("a", 4.0, 4.0, True)}


def path(seed: int = 0) -> np.ndarray:
    """A path (3, 16, 16) that is something in rows 4 to 9 and columns 6 to 11."""
    values = np.zeros((3, 16, 16), np.float16)
    values[:, 4:10, 6:12] = np.random.default_rng(seed).uniform(0.5, 1, (3, 6, 6))
    return values


def walk(**changed: object) -> Walk:
    """A class of a network called net, two layers down, with two patches a unit."""
    made = Walk(
        network="net", dataset="data", picture=np.full((3, 16, 16), 0.5, np.float32), word="cat.jpg",
        layers=("b", "a"), nodes=NODES, sums=SUMS, maps=np.stack([path(i) for i in range(len(NODES))]),
        rules=("guided",) * 4 + ("gradient, then guided",),
        patches=tuple(np.zeros((2, 8, 8, 3), np.uint8) for _ in NODES),
    )  # fmt: skip
    return replace(made, **changed)


def edge(**changed: object) -> Edge:
    """A class and a unit below it, in a picture and in four others."""
    made = Edge(
        network="net", dataset="data", picture=np.full((3, 16, 16), 0.5, np.float32), word="cat.jpg", upper="logits:1",
        lower="b:3", label="cat", place=None, value=2.0, answer=4.0, total=1.5, signed=1.25, share=0.5, rank=1,
        meeting=np.array([[1.0, 0.0], [-0.25, 0.5]]), maps=np.stack([path(), path(1)]), rules=("guided", "guided"),
        pairs=Pairs(np.arange(4), np.array([1.0, 2.0, 3.0, 4.0]), np.array([2.0, 4.0, 6.0, 8.0])),
    )  # fmt: skip
    return replace(made, **changed)
