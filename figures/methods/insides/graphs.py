"""A network as a graph: which node is the output of which module, and the part that some of them need."""

from __future__ import annotations

import inspect
import operator
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import fx, nn

from figures.methods.insides import answers, folding

_INNER = "inner."
_ACTIVATIONS = (
    nn.ReLU, nn.ReLU6, nn.GELU, nn.SiLU, nn.Mish, nn.Hardswish, nn.Hardsigmoid, nn.Sigmoid, nn.Tanh,
    nn.LeakyReLU, nn.PReLU, nn.ELU, nn.CELU, nn.SELU, nn.Softplus, nn.Hardtanh,
)  # fmt: skip
_RECTIFIERS = (nn.ReLU, nn.ReLU6)
_RECTIFIER_CALLS = frozenset({"relu", "relu6"})
_ACTIVATION_CALLS = _RECTIFIER_CALLS | {
    "gelu", "silu", "mish", "hardswish", "hardsigmoid", "sigmoid", "tanh", "leaky_relu", "prelu",
    "elu", "celu", "selu", "softplus", "hardtanh",
}  # fmt: skip
_PASSING = (nn.Identity, nn.Dropout, nn.Dropout2d)
_PASSING_CALLS = frozenset({"contiguous", "clone", "dropout", "stochastic_depth"})
CAT_CALLS = frozenset({"cat", "concat", "concatenate"})
_IN_PLACE = {
    operator.iadd: operator.add, operator.isub: operator.sub, operator.imul: operator.mul,
    operator.itruediv: operator.truediv,
}  # fmt: skip
_TRACING = threading.Lock()


class Untraceable(ValueError):
    """The network decides by its numbers what to do, or writes into its own activations."""


class Normalised(nn.Module):
    """A network that takes images in [0, 1]; `mean` and `std` per channel are its own."""

    mean: torch.Tensor
    std: torch.Tensor

    def __init__(self, inner: nn.Module, mean: Iterable[float], std: Iterable[float]) -> None:
        super().__init__()
        self.inner = inner
        self.register_buffer("mean", torch.tensor(list(mean)).view(1, -1, 1, 1), persistent=False)
        self.register_buffer("std", torch.tensor(list(std)).view(1, -1, 1, 1), persistent=False)

    def forward(self, images: torch.Tensor) -> object:
        return self.inner((images - self.mean) / self.std)


@dataclass(frozen=True)
class Joined:
    """Several tensors to be concatenated along an axis."""

    parts: tuple[fx.Node | Joined, ...]
    axis: int


Wanted = fx.Node | Joined


@dataclass(frozen=True, eq=False)
class Traced:
    """A network's graph; the nodes that are a module's output and its first input, by dotted path in forward order.

    A module that is called again adds `_1`, `_2` to its path. `heads` are the network's answers.
    """

    root: nn.Module
    graph: fx.Graph
    layers: Mapping[str, fx.Node]
    inputs: Mapping[str, fx.Node]
    heads: Mapping[str, fx.Node]

    def cut(self, wanted: Mapping[str, Wanted]) -> fx.GraphModule:
        """Return the part of the network that computes {name: tensor} and nothing more.

        Weights are shared, but for those of convolutions that a batch norm is folded into.
        """
        graph = fx.Graph()
        copies: dict[fx.Node, fx.Node] = {}
        used = needed(wanted.values())
        for node in self.graph.nodes:
            if node in used or node.op == "placeholder":
                copies[node] = graph.node_copy(node, lambda old: copies[old])
        wished = {name: _copied(one, graph, copies) for name, one in wanted.items()}
        graph.output(wished)
        part = fx.GraphModule(self.root, graph)
        folding.fold(part)
        return part

    def entering(self, layer: str) -> Wanted | None:
        """Return what enters the nonlinearity that a layer ends in, or None where it ends in none."""
        return _entering(self.layers[layer], self.root, is_activation)

    def goes_round(self, upper: Wanted, lower: Wanted) -> bool:
        """Whether something reaches one output from the images without passing another."""
        waiting, met = [upper], _whole(lower)
        while waiting:
            one = waiting.pop()
            if isinstance(one, Joined):
                waiting.extend(one.parts)
            elif one.op == "placeholder":
                return True
            elif one not in met:
                met.add(one)
                waiting.extend(one.all_input_nodes)
        return False

    def rectified(self, layer: str) -> bool:
        """Whether a layer ends in a rectifier."""
        return _entering(self.layers[layer], self.root, is_rectifier) is not None


def trace(network: nn.Module) -> Traced:
    """Record what a network does to images; raises Untraceable where that cannot be written down.

    In-place operations become out-of-place ones, in the network's modules too, so that every
    activation can be read.
    """
    out_of_place(network)
    tracer = _Tracer()
    try:
        with _TRACING:
            graph = tracer.trace(network)
    except Exception as error:  # whatever a network's own code may raise when given no numbers
        raise Untraceable(str(error).strip().split("\n")[0] or type(error).__name__) from error
    for node in graph.nodes:
        _make_pure(node)
    answer = next(node for node in graph.nodes if node.op == "output").args[0]
    heads = {name: one for name, one in answers.heads_of(answer).items() if isinstance(one, fx.Node)}
    return Traced(network, graph, tracer.layers, tracer.inputs, heads)


class _Tracer(fx.Tracer):
    def __init__(self) -> None:
        super().__init__()
        self.layers: dict[str, fx.Node] = {}
        self.inputs: dict[str, fx.Node] = {}

    def call_module(self, m: nn.Module, forward: Callable, args: tuple, kwargs: dict) -> object:
        output = super().call_module(m, forward, args, kwargs)
        if isinstance(m, nn.MultiheadAttention):
            self._remember(m, output[0], args)
        else:
            self._remember(m, output[0] if isinstance(output, tuple | list) and output else output, args)
        return output

    def _remember(self, m: nn.Module, output: object, args: tuple) -> None:
        path = self.path_of_module(m)
        path = path.removeprefix(_INNER) if isinstance(self.root, Normalised) else path
        whole = isinstance(self.root, Normalised) and m is self.root.inner
        if isinstance(output, fx.Proxy) and not whole:
            name = numbered(path, self.layers)
            self.layers[name] = output.node
            if args and isinstance(args[0], fx.Proxy):
                self.inputs[name] = args[0].node


def numbered(path: str, known: Iterable[str]) -> str:
    """Return a module's path, with the number of times it was called before where that is not none."""
    ends = (name.removeprefix(f"{path}_") for name in known if name.startswith(f"{path}_"))
    again = (path in known) + sum(1 for end in ends if end.isdigit())
    return f"{path}_{again}" if again else path


def path_of(layer: str, modules: Mapping[str, nn.Module]) -> str:
    """Return the module of a layer, whichever of its calls it is."""
    return layer if layer in modules else layer.rpartition("_")[0]


def out_of_place(network: nn.Module) -> None:
    """Make no module of a network write into what it is given."""
    module: Any  # not every module has this flag
    for module in network.modules():
        if getattr(module, "inplace", False) is True:
            module.inplace = False


def _make_pure(node: fx.Node) -> None:
    """Make a node leave its inputs alone; raises Untraceable where its effect is all there is of it."""
    writes = node.target in _IN_PLACE or node.target is operator.setitem or _underscored(node)
    if writes and not node.users:
        raise Untraceable(f"{node.name} writes into another activation")
    if node.target in _IN_PLACE:
        node.target = _IN_PLACE[node.target]
    elif node.op == "call_method" and _underscored(node):
        node.target = str(node.target)[:-1]
    elif node.op == "call_function" and _underscored(node):
        node.target = getattr(torch, name_of(node)[:-1])
    elif node.op == "call_function" and inspect.isfunction(node.target):
        _without_flag(node, node.target)


def _underscored(node: fx.Node) -> bool:
    name = str(node.target) if node.op == "call_method" else getattr(node.target, "__name__", "")
    if not name.endswith("_") or name.endswith("__") or node.op not in ("call_method", "call_function"):
        return False
    return hasattr(torch.Tensor if node.op == "call_method" else torch, name[:-1])


def _without_flag(node: fx.Node, function: Callable) -> None:
    """Set a function's argument `inplace` to False, wherever it stands."""
    try:
        bound = inspect.signature(function).bind(*node.args, **node.kwargs)
    except (TypeError, ValueError):
        return
    if bound.arguments.get("inplace"):
        bound.arguments["inplace"] = False
        node.args, node.kwargs = bound.args, bound.kwargs


def _whole(one: Wanted) -> set[fx.Node]:
    """Return the nodes that an output, or what it is joined of, consists of."""
    return {one} if isinstance(one, fx.Node) else {node for part in one.parts for node in _whole(part)}


def needed(wanted: Iterable[Wanted]) -> set[fx.Node]:
    """Return all nodes that some are computed from, themselves among them."""
    waiting, used = list(wanted), set()
    while waiting:
        one = waiting.pop()
        if isinstance(one, Joined):
            waiting.extend(one.parts)
        elif one not in used:
            used.add(one)
            waiting.extend(one.all_input_nodes)
    return used


def _copied(one: Wanted, graph: fx.Graph, copies: Mapping[fx.Node, fx.Node]) -> fx.Node:
    if isinstance(one, fx.Node):
        return copies[one]
    return graph.call_function(torch.cat, ([_copied(part, graph, copies) for part in one.parts], one.axis))


def _entering(node: fx.Node, root: nn.Module, ends: Callable[[fx.Node, nn.Module | None], bool]) -> Wanted | None:
    module = called(node, root)
    sources = [one for one in node.all_input_nodes if one.op != "get_attr"]
    if ends(node, module):
        return sources[0] if sources else None
    if isinstance(module, _PASSING) or (module is None and name_of(node) in _PASSING_CALLS):
        return _entering(sources[0], root, ends) if sources else None
    if module is None and name_of(node) in CAT_CALLS and isinstance(node.args[0], tuple | list):
        entering = [_entering(one, root, ends) if isinstance(one, fx.Node) else None for one in node.args[0]]
        return _joined(node, entering)
    return None


def _joined(cat: fx.Node, entering: Sequence[Wanted | None]) -> Joined | None:
    """Join what enters the nonlinearities that are concatenated; None where one of them is not known."""
    parts = tuple(part for part in entering if part is not None)
    axis = cat.args[1] if len(cat.args) > 1 else cat.kwargs.get("dim", cat.kwargs.get("axis", 0))
    return Joined(parts, axis) if len(parts) == len(entering) and isinstance(axis, int) else None


def called(node: fx.Node, root: nn.Module) -> nn.Module | None:
    """Return the module that a node calls, None where it calls none."""
    return root.get_submodule(str(node.target)) if node.op == "call_module" else None


def name_of(node: fx.Node) -> str:
    """Name the function or method that a node calls."""
    return str(node.target) if node.op == "call_method" else getattr(node.target, "__name__", "")


def is_rectifier(node: fx.Node, module: nn.Module | None) -> bool:
    """Tell whether a node, or the module that it calls, is a rectifier."""
    if module is not None:
        return isinstance(module, _RECTIFIERS)
    return name_of(node) in _RECTIFIER_CALLS


def is_activation(node: fx.Node, module: nn.Module | None) -> bool:
    """Tell whether a node, or the module that it calls, is a nonlinearity that looks at each number alone."""
    if module is not None:
        return isinstance(module, _ACTIVATIONS)
    return name_of(node) in _ACTIVATION_CALLS
