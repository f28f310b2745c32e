"""Write a network down for pages, as far as some of its layers need it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import fx

from figures import lab
from figures.measurement import measurement
from figures.methods.activations import key
from figures.methods.exported.packing import HALF, Packing
from figures.methods.exported.steps import Writer
from figures.methods.insides.instances import instance
from figures.methods.models import Model


@dataclass(frozen=True)
class Exported:
    """A network in steps: `graph` is JSON, `weights` (bytes,) what it points into."""

    graph: np.ndarray
    weights: np.ndarray


@measurement
def exported(model: Model, layers: tuple[str, ...], *, kind: str = HALF, pre: bool = False) -> Exported:
    """Write down what `layers`, heads among them, need: their names lead to numbers of values.

    With `pre`, a layer that ends in a rectifier is what enters it. Raises ValueError, naming the layer, where the
    network does what a page cannot.
    """
    keys = {layer: key(model, layer, pre) for layer in layers}
    graph, weights = _written(model, keys, kind)
    return Exported(np.array(json.dumps(graph)), np.frombuffer(weights, np.uint8))


def _written(model: Model, keys: Mapping[str, tuple[str, bool]], kind: str) -> tuple[dict[str, object], bytes]:
    if model.anatomy.trouble:
        raise ValueError(f"{model.name}: its graph cannot be written down ({model.anatomy.trouble})")
    wanted = tuple(dict.fromkeys(keys.values()))
    part = instance(model.maker, lab.device()).part(wanted, tuple(model.heads))
    nodes = dict(zip(wanted, _outputs(part), strict=True))
    writer = Writer(part, _shapes(model, part), frozenset(nodes.values()), Packing(kind))
    try:
        for node in part.graph.nodes:
            writer.write(node)
    except ValueError as error:
        raise ValueError(f"{model.name}: {error}") from None
    places = {layer: writer.places[nodes[one]] for layer, one in keys.items()}
    picture = [model.input_size, model.input_size, model.channels]
    return {"picture": picture, "steps": writer.steps, "layers": places}, writer.packing.bytes()


def _outputs(part: fx.GraphModule) -> Sequence[fx.Node]:
    """Return the nodes that a part answers, in their order."""
    answer = next(node for node in part.graph.nodes if node.op == "output").args[0]
    assert isinstance(answer, dict)
    return [one for one in answer.values() if isinstance(one, fx.Node)]


def _shapes(model: Model, part: fx.GraphModule) -> dict[fx.Node, tuple[int, ...]]:
    """Return the shapes of all values of a part, found by showing it nothing."""
    shapes: dict[fx.Node, tuple[int, ...]] = {}

    class Walk(fx.Interpreter):
        def run_node(self, n: fx.Node) -> object:
            value = super().run_node(n)
            if isinstance(value, torch.Tensor):
                shapes[n] = tuple(value.shape)
            return value

    with torch.inference_mode():
        blank = torch.zeros(1, model.channels, model.input_size, model.input_size, device=lab.device())
        Walk(part).run(blank)
    return shapes
