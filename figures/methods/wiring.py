"""How the main layers of a network are joined: which feed which, and the branches that one is put together from."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from torch import fx, nn

from figures import lab
from figures.measurement import measurement
from figures.methods.insides import graphs
from figures.methods.insides.instances import instance
from figures.methods.models import Model

IMAGE = "image"
_PLAIN = (nn.BatchNorm2d, nn.Identity, nn.Dropout, nn.ReLU, nn.ReLU6)
_SIZES = ("getattr", "size", "dim")
"""What asks a tensor for its shape, and leads nothing of it further."""
_MOST_BRANCHES, _CHANNEL_AXIS = 6, 1


@dataclass(frozen=True)
class Branch:
    """Some of a layer's channels that are computed apart; `label` is their largest window, or `pool`."""

    label: str
    channels: int

    def __str__(self) -> str:
        return f"{self.label} {self.channels}"


@dataclass(frozen=True)
class Wiring:
    """The joints between layers, the image before them and the heads behind, as (from, to); branches by layer.

    `answers` are the layers whose output is that of a head, with the head, by whose name alone they are joined.
    `traced` is false where the order of the layers is all that is known.
    """

    edges: tuple[tuple[str, str], ...]
    branches: Mapping[str, tuple[Branch, ...]]
    answers: Mapping[str, str]
    traced: bool = True


def wiring(model: Model, layers: Sequence[str]) -> Wiring:
    """Return how some layers of a network are joined; a joint passes through no other of them."""
    written = json.loads(str(graph(model, tuple(layers)).written))
    branches = {name: tuple(Branch(*one) for one in several) for name, several in written["branches"].items()}
    return Wiring(tuple(map(tuple, written["edges"])), branches, written["answers"], written["traced"])


@dataclass(frozen=True)
class Graph:
    """A `Wiring` as it is kept: `written` () is JSON."""

    written: np.ndarray


@measurement
def graph(model: Model, layers: tuple[str, ...]) -> Graph:
    """Find out how layers are joined, from the graph of the network where it can be written down."""
    if model.anatomy.trouble:
        joints = {"edges": _in_order(model, layers), "branches": {}, "answers": {}, "traced": False}
    else:
        joints = _traced(model, layers)
    return Graph(np.array(json.dumps(joints)))


def _in_order(model: Model, layers: Sequence[str]) -> list[tuple[str, str]]:
    chain = [IMAGE, *layers]
    return [*zip(chain, layers, strict=False), *((chain[-1], head) for head in model.heads)]


def _traced(model: Model, layers: Sequence[str]) -> dict[str, object]:
    traced = instance(model.maker, lab.device()).traced
    heads = {traced.heads[name]: name for name in model.heads if name in traced.heads}
    nodes = {name: traced.layers[model.part(name).module] for name in layers}
    answers = {name: heads[node] for name, node in nodes.items() if node in heads}
    names = {**{node: name for name, node in nodes.items()}, **heads}
    edges = [(start, end) for node, end in names.items() for start in _sources(node, names)]
    found = {name: _branches(node, traced.root) for name, node in nodes.items()}
    whole = {name: several for name, several in found.items() if _is_whole(several, model.size(name))}
    return {"edges": edges, "branches": whole, "answers": answers, "traced": True}


def _is_whole(branches: Sequence[tuple[str, int]], channels: int) -> bool:
    return 1 < len(branches) <= _MOST_BRANCHES and sum(count for _, count in branches) == channels


def _sources(node: fx.Node, names: Mapping[fx.Node, str]) -> Iterator[str]:
    """Yield the nearest layers before a node, or the image."""
    waiting, seen = list(node.all_input_nodes), set()
    while waiting:
        one = waiting.pop(0)
        if one in seen:
            continue
        seen.add(one)
        if one in names:
            yield names[one]
        elif one.op == "placeholder":
            yield IMAGE
        elif graphs.name_of(one) not in _SIZES:
            waiting.extend(one.all_input_nodes)


def _branches(node: fx.Node, root: nn.Module) -> list[tuple[str, int]]:
    """Return the label and channels of each piece that is concatenated into a node."""
    joined = node
    while graphs.name_of(joined) not in ("cat", "concat", "concatenate"):
        if not isinstance(_module(joined, root), _PLAIN) and graphs.name_of(joined) not in ("relu", "dropout"):
            return []
        joined = joined.all_input_nodes[0]
    axis = joined.args[1] if len(joined.args) > 1 else joined.kwargs.get("dim", 0)
    pieces = joined.args[0] if isinstance(joined.args[0], tuple | list) and axis == _CHANNEL_AXIS else ()
    return [_branch(piece, root) for piece in pieces if isinstance(piece, fx.Node)]


def _branch(node: fx.Node, root: nn.Module) -> tuple[str, int]:
    """Walk a branch back to where it leaves the others."""
    windows, channels, pooled, start = [], 0, False, node
    while len(start.all_input_nodes) == 1 and (start is node or len(start.users) == 1):
        module = _module(start, root)
        if isinstance(module, nn.Conv2d):
            windows.append(max(module.kernel_size))
            channels = channels or module.out_channels
        pooled = pooled or "pool" in type(module).__name__.lower() or "pool" in graphs.name_of(start)
        start = start.all_input_nodes[0]
    size = max(windows, default=0)
    return ("pool" if pooled else f"{size}×{size}" if size else "as it is", channels)


def _module(node: fx.Node, root: nn.Module) -> nn.Module | None:
    return root.get_submodule(str(node.target)) if node.op == "call_module" else None
