"""The layers of a network in forward order: shapes, layouts, receptive fields, rectifiers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeGuard

import torch
from torch import fx, nn

from figures.methods.insides import flow, graphs, rules
from figures.methods.insides.answers import classifying
from figures.methods.insides.flow import Fact, Facts, Step
from figures.methods.insides.layouts import LAYOUTS, MAP, TOKENS, UNKNOWN, VECTOR, Axes
from figures.methods.receptive_field import Field, ReceptiveField, everything, squared

_IMAGES = 2  # one image could not be told from an axis of length 1


@dataclass(frozen=True)
class Layer:
    """What a module answers, read as a map.

    `layout` is how its output lies in memory, with `prefix` tokens before those of the map.
    `rectified` layers end in a rectifier; those with `pre` in some nonlinearity; `weighted` ones
    have weights that mix channels or places.
    """

    module: str
    channels: int
    height: int
    width: int
    layout: str
    prefix: int
    receptive_field: ReceptiveField
    rectified: bool
    pre: bool
    weighted: bool = True

    def as_maps(self, output: torch.Tensor) -> torch.Tensor:
        """Return an output as maps (batch, channel, height, width), without its class tokens."""
        if self.layout == MAP:
            return output
        if self.layout == VECTOR:
            return output[:, :, None, None]
        if self.layout != TOKENS:
            return output.permute(0, 3, 1, 2)
        tokens = output[:, self.prefix :].transpose(1, 2)
        return tokens.unflatten(2, _grid(tokens.shape[2], self.height, self.width))


def _grid(count: int, height: int, width: int) -> tuple[int, int]:
    """Return the rows and columns of tokens; other images than the network's own are taken as squares."""
    if count == height * width:
        return height, width
    side = round(count**0.5)
    if side * side != count:
        raise ValueError(f"{count} tokens are no square; expected {height} x {width}")
    return side, side


@dataclass(frozen=True)
class Anatomy:
    """The layers of a network by dotted path, in forward order, and how many classes its heads have.

    `trouble` says why its graph cannot be cut, where that is so.
    """

    layers: Mapping[str, Layer]
    heads: Mapping[str, int]
    trouble: str = ""


def examine(network: nn.Module, input_size: int, channels: int) -> Anatomy:
    """Look into a network that takes images (batch, channel, input_size, input_size).

    The network may be on the meta device. Raises Untraceable where its graph cannot be written down,
    and ValueError where it says itself that such images do not fit.
    """
    traced = graphs.trace(network)
    facts = _walked(traced, (_IMAGES, channels, input_size, input_size))
    modules = dict((network.inner if isinstance(network, graphs.Normalised) else network).named_modules())
    layers = {name: _layer(traced, name, facts, input_size, modules) for name in traced.layers}
    heads = {name: fact.shape[1] for name, node in traced.heads.items() if _is_head(fact := facts[node])}
    return Anatomy({name: layer for name, layer in layers.items() if layer is not None}, classifying(heads))


def _is_head(fact: Facts) -> TypeGuard[Fact]:
    return isinstance(fact, Fact) and len(fact.shape) == 2 and fact.shape[0] == _IMAGES


def _walked(traced: graphs.Traced, shape: tuple[int, ...]) -> Mapping[fx.Node, Facts]:
    """Send empty images through a network; what cannot be done without numbers counts as untraceable."""
    module = fx.GraphModule(traced.root, traced.graph)
    device = next((tensor.device for tensor in module.state_dict(keep_vars=True).values()), torch.device("cpu"))
    walk = _Walk(module)
    try:
        with torch.no_grad():
            walk.run(torch.zeros(shape, device=device))
    except AssertionError as error:
        raise ValueError(f"images of {' x '.join(map(str, shape[1:]))} do not fit: {_first_line(error)}") from error
    except (RuntimeError, TypeError, ValueError, NotImplementedError, IndexError) as error:
        raise graphs.Untraceable(f"{type(error).__name__}: {error}") from error
    return walk.facts


def _first_line(error: Exception) -> str:
    return str(error).strip().split("\n")[0]


class _Walk(fx.Interpreter):
    """Runs a graph, and remembers of each node what the rules say of it."""

    def __init__(self, module: fx.GraphModule) -> None:
        super().__init__(module)
        self.facts: dict[fx.Node, Facts] = {}

    def run_node(self, n: fx.Node) -> object:
        value = super().run_node(n)
        self.facts[n] = self._facts(n, value)
        return value

    def _facts(self, node: fx.Node, value: object) -> Facts:
        if node.op == "placeholder":
            return flow.images(tuple(value.shape)) if isinstance(value, torch.Tensor) else None
        if node.op in ("get_attr", "output"):
            return None
        facts: Callable[[fx.Node], Any] = self.facts.__getitem__
        known: Any = fx.map_arg((node.args, node.kwargs), facts)
        first = known[0][0] if known[0] else None
        if isinstance(first, tuple) and graphs.name_of(node) == "getitem" and isinstance(node.args[1], int):
            return first[node.args[1]]
        if isinstance(value, torch.Tensor):
            return rules.after(self._step(node, known, value))
        if isinstance(value, tuple | list) and any(isinstance(one, torch.Tensor) for one in value):
            each = (one if isinstance(one, torch.Tensor) else None for one in value)
            return tuple(None if one is None else rules.after(self._step(node, known, one)) for one in each)
        return None

    def _step(self, node: fx.Node, known: tuple, value: torch.Tensor) -> Step:
        args, kwargs = self.fetch_args_kwargs_from_env(node)
        module = self.fetch_attr(str(node.target)) if node.op == "call_module" else None
        name = graphs.name_of(node) if module is None else rule_name(module)
        return Step(name, args, kwargs, known, tuple(value.shape), module)


def rule_name(module: nn.Module) -> str:
    """Name the nearest class of a module that there is a rule for."""
    return next((one.__name__ for one in type(module).__mro__ if one.__name__ in rules.RULES), type(module).__name__)


def _layer(
    traced: graphs.Traced,
    name: str,
    facts: Mapping[fx.Node, Facts],
    input_size: int,
    modules: Mapping[str, nn.Module],
) -> Layer | None:
    node, source = traced.layers[name], traced.inputs.get(name)
    fact = facts[node]
    if not isinstance(fact, Fact) or fact.shape[0] != _IMAGES:
        return None
    axes = _axes(fact, facts.get(source) if source is not None else None)
    if axes.letters not in LAYOUTS:
        return None
    weighted = is_weighted(modules[graphs.path_of(name, modules)])
    flags = traced.rectified(name), traced.entering(name) is not None, weighted
    return shaped(name, fact.shape, axes, fact.field, input_size, flags)


def is_weighted(module: nn.Module) -> bool:
    """Whether a module has weights that mix channels or places; norms and scales have not."""
    return any(parameter.ndim > 1 for parameter in module.parameters())


def _axes(fact: Fact, source: Facts) -> Axes:
    """Return a fact's axes; where they were lost inside a module that keeps the shape, those of its input."""
    lost = UNKNOWN in fact.axes.letters or fact.axes.letters not in LAYOUTS
    kept = source if isinstance(source, Fact) and source.shape == fact.shape else fact
    return kept.axes if lost else fact.axes


def shaped(
    name: str, shape: Sequence[int], axes: Axes, field: Field, input_size: int, flags: tuple[bool, bool, bool]
) -> Layer:
    """Return the layer with an output of this shape; `flags` are rectified, pre, weighted."""
    sizes = dict(zip(axes.letters, shape, strict=True))
    height, width = axes.grid if "T" in sizes else (sizes.get("H", 1), sizes.get("W", 1))
    vector = "H" not in sizes and "T" not in sizes
    whole = everything(input_size, 1) if vector else squared(field, input_size, max(height, width))
    prefix = axes.prefix if "T" in sizes else 0
    return Layer(name, sizes["C"], height, width, LAYOUTS[axes.letters], prefix, whole, *flags)
