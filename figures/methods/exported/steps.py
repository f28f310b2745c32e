"""A network's graph as steps that a page can take: what templates/static/network.js computes, and nothing else.

Values are numbered: 0 is the picture, i + 1 what step i answers. Batch norms are folded into convolutions, borders
into those that read them, and rectifiers into what they alone read. Rows, columns, channels is the order of all maps.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import torch
from torch import fx

from figures.methods.exported.packing import Packing
from figures.methods.insides import graphs

Step = dict[str, Any]
_SIX = 6.0
_CLIPPED = frozenset({"convolution", "linear", "add", "scale", "concatenation"})
"""Steps that cut their answers off at once where a rectifier alone reads them."""


@dataclass
class Writer:
    """Writes the nodes of a graph as steps, in their order; `shapes` are those of the values of its nodes."""

    part: fx.GraphModule
    shapes: Mapping[fx.Node, tuple[int, ...]]
    wanted: frozenset[fx.Node]
    packing: Packing
    steps: list[Step] = field(default_factory=list)
    places: dict[fx.Node, int] = field(default_factory=dict)
    borders: dict[fx.Node, tuple[int, ...]] = field(default_factory=dict)
    flat: dict[fx.Node, tuple[int, ...]] = field(default_factory=dict)

    def write(self, node: fx.Node) -> None:
        """Write one node; raises ValueError, naming the layer, for what a page cannot compute."""
        if node.op == "placeholder":
            self.places[node] = 0
        elif node.op in ("call_module", "call_function", "call_method"):
            module = graphs.called(node, self.part)
            kind = type(module).__name__ if module is not None else graphs.name_of(node).strip("_")
            if kind not in RULES:
                raise ValueError(f"{_layer(node)} is a {kind}, which a page cannot compute (it can: {known()})")
            RULES[kind](self, node, module)

    def add(self, node: fx.Node, op: str, *sources: fx.Node, **facts: Any) -> None:
        """Add a step that answers a node's value."""
        if any(source in self.borders for source in sources) and op != "convolution":
            raise ValueError(f"{_layer(node)} reads a border of zeros; a page can give one to a convolution alone")
        shape = self.shapes[node][1:]
        height, width = shape[1:] if len(shape) > 1 else (1, 1)
        own = {"op": op, "from": [self.places[source] for source in sources], "shape": [height, width, shape[0]]}
        self.steps.append({**own, **facts})
        self.places[node] = len(self.steps)

    def clip(self, node: fx.Node, most: float) -> None:
        """Cut a value off below zero and above `most`, in the step that answers it where nothing else reads that."""
        source, limits = node.all_input_nodes[0], [0.0, None if math.isinf(most) else most]
        place = self.places[source]
        step: Step = self.steps[place - 1] if place else {}
        alone = len(source.users) == 1 and source not in self.wanted
        if alone and step.get("op") in _CLIPPED and "clip" not in step:
            step["clip"] = limits
            self.places[node] = place
        else:
            self.add(node, "clip", source, clip=limits)


Rule = Callable[[Writer, fx.Node, Any], None]


def _convolution(writer: Writer, node: fx.Node, module: Any) -> None:
    if module.padding_mode != "zeros" or isinstance(module.padding, str):
        raise ValueError(f"{_layer(node)} has padding {module.padding_mode} {module.padding}; a page knows zeros")
    source = node.all_input_nodes[0]
    left, right, top, bottom = writer.borders.get(source, (0, 0, 0, 0))
    down, across = module.padding
    bias = module.bias if module.bias is not None else torch.zeros(module.out_channels)
    writer.add(
        node, "convolution", source, groups=module.groups, kernel=list(module.kernel_size),
        stride=list(module.stride), dilation=list(module.dilation),
        border=[top + down, left + across, bottom + down, right + across],
        weight=writer.packing.weights(_array(module.weight).transpose(0, 2, 3, 1)),
        bias=writer.packing.numbers(_array(bias)),
    )  # fmt: skip


def _linear(writer: Writer, node: fx.Node, module: Any) -> None:
    bias = module.bias if module.bias is not None else torch.zeros(module.out_features)
    weight = _array(module.weight)
    source = node.all_input_nodes[0]
    if source in writer.flat:
        channels, height, width = writer.flat[source]
        weight = weight.reshape(-1, channels, height, width).transpose(0, 2, 3, 1).reshape(len(weight), -1)
    packing = writer.packing
    writer.add(node, "linear", source, weight=packing.weights(weight), bias=packing.numbers(_array(bias)))


def _norm(writer: Writer, node: fx.Node, module: Any) -> None:
    if module.running_mean is None:
        raise ValueError(f"{_layer(node)} normalises by the pictures of a batch; a page knows running means")
    gain = 1 / torch.sqrt(module.running_var + module.eps) * (1 if module.weight is None else module.weight)
    shift = (0 if module.bias is None else module.bias) - module.running_mean * gain
    _scaled(writer, node, node.all_input_nodes[0], _array(gain), _array(shift))


def _scaled(writer: Writer, node: fx.Node, source: fx.Node, gain: Any, shift: Any) -> None:
    channels = writer.shapes[source][1]
    gain, shift = (np.broadcast_to(np.asarray(one, np.float32).reshape(-1), channels) for one in (gain, shift))
    packing = writer.packing
    writer.add(node, "scale", source, gain=packing.numbers(gain), shift=packing.numbers(shift))


_POOLING = {
    "maximum": ("kernel_size", "stride", "padding", "dilation", "ceil_mode"),
    "average": ("kernel_size", "stride", "padding", "ceil_mode", "count_include_pad", "divisor_override"),
}
"""The arguments of pooling layers and functions, in their order."""


def _pool(kind: str) -> Rule:
    def write(writer: Writer, node: fx.Node, module: Any) -> None:
        names = _POOLING[kind]
        own = {name: getattr(module, name) for name in names} if module is not None else {}
        given = {**own, **dict(zip(names, node.args[1:], strict=False)), **node.kwargs}
        if _pair(given.get("dilation") or 1) != [1, 1] or given.get("divisor_override"):
            raise ValueError(f"{_layer(node)} pools with gaps, or a divisor of its own, which a page cannot")
        writer.add(
            node, kind, node.all_input_nodes[0], kernel=_pair(given["kernel_size"]),
            stride=_pair(given.get("stride") or given["kernel_size"]), border=_pair(given.get("padding") or 0),
            counts=bool(given.get("count_include_pad", True)),
        )  # fmt: skip

    return write


def _mean(writer: Writer, node: fx.Node, module: Any) -> None:
    """Average over all places, which is all that a page averages over."""
    source = node.all_input_nodes[0]
    if len(writer.shapes[source]) != 4 or tuple(writer.shapes[node][2:]) not in ((), (1, 1)):
        raise ValueError(f"{_layer(node)} averages other than over all places of a map, which a page cannot")
    if writer.shapes[node][1] != writer.shapes[source][1]:
        raise ValueError(f"{_layer(node)} averages over channels, which a page cannot")
    writer.add(node, "mean", source)


def _flat(writer: Writer, node: fx.Node, module: Any) -> None:
    """Leave numbers where they are; what reads a map that became a line must know how the map was."""
    source = node.all_input_nodes[0]
    writer.places[node] = writer.places[source]
    if source in writer.borders:
        writer.borders[node] = writer.borders[source]
    if len(writer.shapes[source]) == 4 and len(writer.shapes[node]) == 2:
        _, *sides = writer.shapes[source]
        writer.flat[node] = tuple(sides)
    elif source in writer.flat:
        writer.flat[node] = writer.flat[source]


def _joined(writer: Writer, node: fx.Node, module: Any) -> None:
    parts = node.args[0]
    axis = node.args[1] if len(node.args) > 1 else node.kwargs.get("dim", 0)
    if axis not in (1, 1 - len(writer.shapes[node])) or not isinstance(parts, tuple | list):
        raise ValueError(f"{_layer(node)} joins along axis {axis}; a page joins channels")
    writer.add(node, "concatenation", *[one for one in parts if isinstance(one, fx.Node)])


def _arithmetic(act: Callable[[float, float], float]) -> Rule:
    """Add two maps, or shift and scale one by numbers that are known."""

    def write(writer: Writer, node: fx.Node, module: Any) -> None:
        first, second = node.args[:2]
        values = [one for one in (first, second) if isinstance(one, fx.Node) and one.op != "get_attr"]
        if len(values) == 2 and act is operator.add:
            if writer.shapes[values[0]] != writer.shapes[values[1]]:
                raise ValueError(f"{_layer(node)} adds maps of different shapes, which a page cannot")
            writer.add(node, "add", *values)
        elif len(values) == 1 and (values[0] is first or act in (operator.add, operator.mul)):
            other = _known(writer, second if values[0] is first else first)
            gain = act(1.0, other) if act in (operator.mul, operator.truediv) else np.ones_like(other)
            shift = act(0.0, other) if act in (operator.add, operator.sub) else np.zeros_like(other)
            _scaled(writer, node, values[0], gain, shift)
        else:
            raise ValueError(f"{_layer(node)} combines maps by {act.__name__}, which a page cannot")

    return write


def _known(writer: Writer, given: Any) -> Any:
    if isinstance(given, fx.Node):
        target: Any = writer.part
        for name in str(given.target).split("."):
            target = getattr(target, name)
        return _array(target)
    return np.asarray(given, np.float32)


def _softmax(writer: Writer, node: fx.Node, module: Any) -> None:
    writer.add(node, "softmax", node.all_input_nodes[0])


def _border(writer: Writer, node: fx.Node, module: Any) -> None:
    source = node.all_input_nodes[0]
    writer.places[node] = writer.places[source]
    writer.borders[node] = tuple(module.padding)


def _rectifier(most: float) -> Rule:
    return lambda writer, node, module: writer.clip(node, most)


def _pair(given: Any) -> list[int]:
    return [int(one) for one in given] if isinstance(given, tuple | list) else [int(given)] * 2


def _array(tensor: torch.Tensor) -> np.ndarray:
    array: np.ndarray = tensor.detach().float().cpu().contiguous().numpy()
    return array


def _layer(node: fx.Node) -> str:
    """Name a node as an author may know it: by the module that it calls."""
    return str(node.target).removeprefix("inner.") if node.op == "call_module" else f"the step {node.name}"


_FLATTENING = ("Flatten", "flatten", "Identity", "Dropout", "Dropout2d", "dropout", "contiguous", "clone")
_ARITHMETIC = {"add": operator.add, "sub": operator.sub, "mul": operator.mul, "truediv": operator.truediv}
RULES: Mapping[str, Rule] = {
    "Conv2d": _convolution,
    "Linear": _linear,
    **dict.fromkeys(("BatchNorm2d",), _norm),
    **dict.fromkeys(("ReLU", "relu"), _rectifier(math.inf)),
    **dict.fromkeys(("ReLU6", "relu6"), _rectifier(_SIX)),
    **dict.fromkeys(("MaxPool2d", "max_pool2d"), _pool("maximum")),
    **dict.fromkeys(("AvgPool2d", "avg_pool2d"), _pool("average")),
    **dict.fromkeys(("AdaptiveAvgPool2d", "adaptive_avg_pool2d", "mean"), _mean),
    **dict.fromkeys(("cat", "concat", "concatenate"), _joined),
    **{name: _arithmetic(act) for name, act in _ARITHMETIC.items()},
    **dict.fromkeys(("Softmax", "softmax"), _softmax),
    **dict.fromkeys(_FLATTENING, _flat),
    "ZeroPad2d": _border,
}


def known() -> str:
    """List what a page can compute."""
    return ", ".join(name for name in RULES if name[0].isupper())
