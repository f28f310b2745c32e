"""A network in two halves at a layer: what comes before, and what goes on from it and from all that passes it by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import torch
from torch import fx

from figures.methods.insides import folding
from figures.methods.insides.graphs import Traced, needed


@dataclass(frozen=True, eq=False)
class Halves:
    """What a layer and all that passes it by are computed with, and what a head is computed from them with."""

    before: fx.GraphModule
    after: fx.GraphModule

    def enter(self, images: torch.Tensor) -> tuple[Any, ...]:
        """Return the layer's output, and what passes it by."""
        return tuple(self.before(images).values())

    def go_on(self, output: torch.Tensor, passing: tuple[Any, ...]) -> torch.Tensor:
        """Return a head's logits (n, classes), the layer answering `output`."""
        logits: torch.Tensor = self.after(output, *passing)
        return logits


def split(traced: Traced, layer: str, head: str) -> Halves:
    """Cut a network's graph at the output of a layer; raises ValueError where the head does not depend on it."""
    start, end = traced.layers[layer], traced.heads[head]
    later = _later(traced.graph, start)
    if end not in later:
        raise ValueError(f"the head {head} does not depend on {layer}; expected a layer before it")
    used = needed([end])
    going_on = [node for node in traced.graph.nodes if node in later and node in used]
    sources = dict.fromkeys(source for node in going_on for source in node.all_input_nodes)
    passing = [one for one in sources if one is not start and one not in later and one.op != "get_attr"]
    entering = [start, *passing]
    before = traced.cut({str(number): node for number, node in enumerate(entering)})
    return Halves(before, _after(traced, entering, going_on, end))


def _later(graph: fx.Graph, start: fx.Node) -> set[fx.Node]:
    """Return all nodes that are computed from one, without itself."""
    later: set[fx.Node] = set()
    for node in graph.nodes:
        if any(source is start or source in later for source in node.all_input_nodes):
            later.add(node)
    return later


def _after(traced: Traced, entering: list[fx.Node], going_on: list[fx.Node], end: fx.Node) -> fx.GraphModule:
    graph = fx.Graph()
    copies: dict[fx.Node, fx.Node] = {
        node: graph.placeholder(f"entering_{number}") for number, node in enumerate(entering)
    }
    for node in going_on:
        for source in node.all_input_nodes:
            if source not in copies:
                copies[source] = graph.node_copy(source, _in(copies))
        copies[node] = graph.node_copy(node, _in(copies))
    graph.output(copies[end])
    part = fx.GraphModule(traced.root, graph)
    folding.fold(part)
    return part


def _in(copies: Mapping[fx.Node, fx.Node]) -> Any:
    return lambda old: copies[old]
