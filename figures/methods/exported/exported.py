"""Write a network down for pages, as far as some of its layers need it."""

from __future__ import annotations

import copy
import json
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import fx, nn

from figures import lab
from figures.measurement import measurement
from figures.methods.activations import key
from figures.methods.exported.packing import SINGLE, WIDTHS, Packing, restored
from figures.methods.exported.steps import Writer
from figures.methods.insides.instances import instance
from figures.methods.models import Model


@dataclass(frozen=True)
class Exported:
    """A network in steps: `graph` is JSON, `weights` (bytes,) what it points into."""

    graph: np.ndarray
    weights: np.ndarray


_CLOSE = 4e-3
"""How far answers to the trial pictures may go off, as a share of a layer's largest, for weights to be rounded so.

Other pictures go off more; what is promised for any is 1e-2.
"""


@measurement
def exported(model: Model, layers: tuple[str, ...], *, bits: int = 0, pre: bool = False) -> Exported:
    """Write down what `layers`, heads among them, need: their names lead to numbers of values.

    Weights have so many `bits`; 0 is the fewest whose answers are those of all bits, or nearly. With `pre`, a layer
    that ends in a rectifier is what enters it. Raises ValueError, naming the layer, where the network does what a page
    cannot.
    """
    if model.anatomy.trouble:
        raise ValueError(f"{model.name}: its graph cannot be written down ({model.anatomy.trouble})")
    keys = {layer: key(model, layer, pre) for layer in layers}
    wanted = tuple(dict.fromkeys(keys.values()))
    part = instance(model.maker, lab.device()).part(wanted, tuple(model.heads))
    nodes = dict(zip(wanted, _outputs(part), strict=True))
    writer = _written(model, part, frozenset(nodes.values()), bits or fewest(part, _trials(model)))
    places = {layer: writer.places[nodes[one]] for layer, one in keys.items()}
    picture = [model.input_size, model.input_size, model.channels]
    graph = {"picture": picture, "steps": writer.steps, "layers": places}
    return Exported(np.array(json.dumps(graph)), np.frombuffer(writer.packing.bytes(), np.uint8))


def _written(model: Model, part: fx.GraphModule, wanted: frozenset[fx.Node], bits: int) -> Writer:
    writer = Writer(part, _shapes(model, part), wanted, Packing(bits))
    try:
        for node in part.graph.nodes:
            writer.write(node)
    except ValueError as error:
        raise ValueError(f"{model.name}: {error}") from None
    return writer


def fewest(part: nn.Module, shown: torch.Tensor) -> int:
    """Return the fewest bits of weights with which a network, which answers by name, stays close to its answers."""
    rough = copy.deepcopy(part)
    weighted = [(name, own) for name, own in part.named_modules() if isinstance(own, nn.Conv2d | nn.Linear)]
    with torch.inference_mode():
        truth = part(shown)
        for bits in WIDTHS:
            for name, own in weighted:
                other = restored(own.weight.detach().cpu().numpy(), bits)
                rough.get_submodule(name).weight = nn.Parameter(torch.from_numpy(other).to(own.weight), False)
            answers = rough(shown)
            if all(_apart(answers[name], one) <= _CLOSE for name, one in truth.items()):
                return bits
    return SINGLE


def _apart(answers: torch.Tensor, truth: torch.Tensor) -> float:
    """Return how far the answers to the worst picture are off."""
    return float(((answers - truth).flatten(1).abs().amax(1) / truth.flatten(1).abs().amax(1).clamp_min(1e-12)).max())


def _trials(model: Model) -> torch.Tensor:
    """Return noise and a black disc."""
    size, channels = model.input_size, model.channels
    noise = torch.rand(channels, size, size, generator=torch.Generator().manual_seed(0))
    steps = torch.linspace(-1, 1, size)
    disc = (torch.hypot(steps[:, None], steps) > 0.5).float().expand(channels, -1, -1)
    return torch.stack([noise, disc]).to(lab.device())


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
