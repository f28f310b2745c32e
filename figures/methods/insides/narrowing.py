"""A network computed no wider than what is read of it: a window of one layer, and of each layer before what that sees.

Convolutions over a window of what they read answer what they answer there over all of it; where the window
reaches the border of a map, its padding stays.
"""

from __future__ import annotations

import copy
import math
import operator
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import torch
import torch.nn.functional as F
from torch import fx, nn
from torch.fx.passes.shape_prop import ShapeProp

from figures.methods.insides import graphs
from figures.methods.insides.fusing import Rectified

Span = tuple[int, int]
Box = tuple[Span, Span]
"""The first row and the one after the last, and the columns likewise."""

_POINTWISE = (nn.BatchNorm2d, nn.Dropout, nn.Identity)
_POINTWISE_CALLS = frozenset({"add", "sub", "mul", "truediv"})
_CHANNELS = 1


class _Whole(Exception):
    """Something in the network needs all of what it reads."""


def narrow(part: fx.GraphModule, image: torch.Tensor, rows: slice, columns: slice) -> fx.GraphModule | None:
    """Return what answers a window of the one map of a part, from images of the size of this one.

    None where an operation is met of which is not known where it looks. Weights are shared; the part is given modules.
    """
    with torch.no_grad():
        ShapeProp(part).propagate(image)
    (answer,) = next(node for node in part.graph.nodes if node.op == "output").args[0].values()
    try:
        ends = [at.indices(length)[:2] for at, length in zip((rows, columns), _shape(answer)[-2:], strict=True)]
        needed = _needed(part, answer, (ends[0], ends[1]))
        return _rebuilt(part, answer, needed)
    except _Whole:
        return None


@dataclass(frozen=True)
class _Window:
    """What an operation slides over its input along one axis, and how long that is."""

    kernel: int
    stride: int
    padding: int
    dilation: int
    length: int

    def reads(self, wanted: Span) -> tuple[Span, Span]:
        """Return what is read for some outputs, and how many zeros before and after it."""
        first = wanted[0] * self.stride - self.padding
        stop = (wanted[1] - 1) * self.stride - self.padding + self.dilation * (self.kernel - 1) + 1
        return (max(first, 0), min(stop, self.length)), (max(-first, 0), max(stop - self.length, 0))


def _needed(part: fx.GraphModule, answer: fx.Node, box: Box) -> dict[fx.Node, Box]:
    """Return which window of each node is read, for that of the answer."""
    needed = {answer: box}
    for node in reversed(part.graph.nodes):
        if node in needed and node.op != "placeholder":
            for source in _maps(node):
                wanted = _read(part, node, source, needed[node])
                needed[source] = _around(needed.get(source, wanted), wanted)
    return needed


def _maps(node: fx.Node) -> list[fx.Node]:
    """Return what a node reads, but for constants that are the same at every place."""
    constant = [one for one in node.all_input_nodes if one.op == "get_attr"]
    if any(set(_shape(one)[-2:]) - {1} for one in constant):
        raise _Whole
    return [one for one in node.all_input_nodes if one not in constant]


def _read(part: fx.GraphModule, node: fx.Node, source: fx.Node, wanted: Box) -> Box:
    windows = _windows(part, node, source)
    if windows is None:
        return wanted
    rows, columns = (window.reads(span)[0] for window, span in zip(windows, wanted, strict=True))
    return rows, columns


def _windows(part: fx.GraphModule, node: fx.Node, source: fx.Node) -> tuple[_Window, _Window] | None:
    """Return what a node slides over a source along rows and columns; None where it looks at each place alone."""
    module: Any = graphs.called(node, part)
    if _looks_at_places(node, module) and _shape(node)[-2:] == _shape(source)[-2:]:
        return None
    if len(_shape(source)) != 4 or not _slides(module):
        raise _Whole
    own, lengths = module.convolution if isinstance(module, Rectified) else module, _shape(source)[-2:]
    if isinstance(own, nn.ZeroPad2d):
        left, _, top, _ = own.padding
        return _Window(1, 1, top, 1, lengths[0]), _Window(1, 1, left, 1, lengths[1])
    given = own.kernel_size, own.stride, own.padding, getattr(own, "dilation", 1), lengths
    rows, columns = (_Window(*numbers) for numbers in zip(*map(_pair, given), strict=True))
    return rows, columns


def _looks_at_places(node: fx.Node, module: nn.Module | None) -> bool:
    if module is not None:
        return isinstance(module, _POINTWISE) or graphs.is_activation(node, module)
    if graphs.name_of(node) in graphs.CAT_CALLS:
        return bool((node.args[1] if len(node.args) > 1 else node.kwargs.get("dim", 0)) == _CHANNELS)
    return graphs.name_of(node) in _POINTWISE_CALLS or graphs.is_activation(node, None)


def _slides(module: Any) -> bool:
    """Tell whether a module is a border or convolution with zeros around, or a pooling; of means, without border."""
    if isinstance(module, nn.ZeroPad2d):
        return min(module.padding) >= 0
    own = module.convolution if isinstance(module, Rectified) else module
    if type(own) is nn.Conv2d:  # others may look at more
        return own.padding_mode == "zeros" and not isinstance(own.padding, str)
    if isinstance(own, nn.MaxPool2d):
        return not own.return_indices
    return isinstance(own, nn.AvgPool2d) and _pair(own.padding) == (0, 0) and not own.ceil_mode


def _rebuilt(part: fx.GraphModule, answer: fx.Node, needed: Mapping[fx.Node, Box]) -> fx.GraphModule:
    graph, copies = fx.Graph(), dict[fx.Node, fx.Node]()
    for node in part.graph.nodes:
        if node.op in ("placeholder", "get_attr"):
            copies[node] = graph.node_copy(node)
        elif node in needed:
            pieces = {one: _piece(part, graph, node, one, needed, copies[one]) for one in _maps(node)}
            copies[node] = _copied(part, graph, node, needed[node], {**copies, **pieces})
    graph.output(copies[answer])
    return fx.GraphModule(part, graph)


def _piece(
    part: fx.GraphModule, graph: fx.Graph, node: fx.Node, source: fx.Node, needed: Mapping[fx.Node, Box], there: fx.Node
) -> fx.Node:
    """Cut out of what there is of a source what a node reads of it."""
    wanted, known = _read(part, node, source, needed[node]), needed[source]
    if source.op == "placeholder":
        known = ((0, _shape(source)[-2]), (0, _shape(source)[-1]))
    if wanted == known:
        return there
    rows, columns = (slice(a - first, b - first) for (a, b), (first, _) in zip(wanted, known, strict=True))
    return graph.call_function(operator.getitem, (there, (slice(None), slice(None), rows, columns)))


def _copied(
    part: fx.GraphModule, graph: fx.Graph, node: fx.Node, wanted: Box, sources: Mapping[fx.Node, fx.Node]
) -> fx.Node:
    """Let a node read pieces of its sources, and add the border that its window meets: zeros, or what is no maximum."""
    module: Any = graphs.called(node, part)
    if not isinstance(module, nn.Conv2d | Rectified | nn.ZeroPad2d | nn.MaxPool2d):
        return graph.node_copy(node, lambda old: sources[old])
    (source,) = node.all_input_nodes
    windows = _windows(part, node, source) or ()
    (top, bottom), (left, right) = (window.reads(span)[1] for window, span in zip(windows, wanted, strict=True))
    entering = sources[source]
    even = isinstance(module, nn.Conv2d | Rectified) and top == bottom and left == right
    if not even and any((top, bottom, left, right)):
        least = -math.inf if isinstance(module, nn.MaxPool2d) else 0.0
        entering = graph.call_function(F.pad, (entering, [left, right, top, bottom], "constant", least))
    if isinstance(module, nn.ZeroPad2d):
        return entering
    part.add_submodule(f"{node.name}_within", _padded(module, (top, left) if even else (0, 0)))
    return graph.call_module(f"{node.name}_within", (entering,))


def _padded(module: nn.Conv2d | Rectified | nn.MaxPool2d, padding: tuple[int, int]) -> nn.Module:
    within: Any = copy.copy(module.convolution if isinstance(module, Rectified) else module)
    within.padding = padding
    if isinstance(within, nn.MaxPool2d):
        within.ceil_mode = False
    return Rectified(within, module.most) if isinstance(module, Rectified) else within


def _around(one: Box, other: Box) -> Box:
    rows, columns = ((min(a, c), max(b, d)) for (a, b), (c, d) in zip(one, other, strict=True))
    return rows, columns


def _shape(node: fx.Node) -> tuple[int, ...]:
    shape = getattr(node.meta.get("tensor_meta"), "shape", None)
    if shape is None:
        raise _Whole
    return tuple(shape)


def _pair(value: Any) -> tuple[int, int]:
    return (int(value[0]), int(value[1])) if isinstance(value, tuple | list) else (int(value), int(value))
