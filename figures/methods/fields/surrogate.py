"""What a layer sees, found by trying: a network made linear, and one of its units sent back to the pixels.

Every weight is the same and above zero, maxima are means, norms and rectifiers let all pass, so that no gradient
cancels out or is shut off: a pixel counts where it is not zero (Araujo, Norris and Sim, 2019, "Computing receptive
fields of convolutional neural networks", check theirs so too). One channel stands for all of a layer, since they
would be equal. Gates of squeeze-and-excitation count as constants, as they do where fields are worked out.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from torch import fx, nn

from figures import lab
from figures.measurement import measurement
from figures.methods.insides import graphs, rules
from figures.methods.insides.anatomy import rule_name
from figures.methods.insides.flow import Step
from figures.methods.insides.instances import instance
from figures.methods.models import Model
from figures.methods.receptive_field import ReceptiveField, box

_MOST_PX = 1600
"""Images are no larger, so that the deepest networks are tried within seconds; fields that are reach their border."""
_GRAIN_PX = 64
_WEIGHED = frozenset({"Conv2d", "conv2d", "Linear", "linear"})


@dataclass(frozen=True)
class Boxes:
    """The pixels that the middle unit of each layer sees, (layers, 2, 2): first and last row, first and last column.

    `expected` is the same by arithmetic, as far as it lies in the image; both are -1 where nothing could be tried.
    `depth` (layers,) counts the layers with weights on the longest way from the image, 0 where that is not known.
    """

    tried: np.ndarray
    expected: np.ndarray
    depth: np.ndarray


@measurement
def boxes(model: Model, layers: tuple[str, ...]) -> Boxes:
    """Send the middle unit of each layer back to an image that holds what it sees, up to 1600 px."""
    shape = (len(layers), 2, 2)
    if model.anatomy.trouble:
        return Boxes(np.full(shape, -1), np.full(shape, -1), np.zeros(len(layers), int))
    fields = [model.receptive_field(layer) for layer in layers]
    traced = instance(model.maker, lab.device()).traced
    nodes = [traced.layers[model.part(layer).module] for layer in layers]
    image = torch.ones(1, 1, *[_side(model.input_size, fields)] * 2, dtype=torch.float64, requires_grad=True)
    with torch.enable_grad():
        signals = dict(walked(traced, nodes, image))
    pairs = [_box(signals[node].values, image, field) for node, field in zip(nodes, fields, strict=True)]
    depth = np.array([signals[node].depth for node in nodes], int)
    return Boxes(np.array([one for one, _ in pairs]), np.array([other for _, other in pairs]), depth)


def _side(input_px: int, fields: Sequence[ReceptiveField]) -> int:
    """Return a side that is as much larger than the network's own as fields need, in steps that keep strides even."""
    needed = max(field.size_px + 2 * field.stride_px for field in fields)
    return input_px + _GRAIN_PX * max(0, math.ceil((min(needed, _MOST_PX) - input_px) / _GRAIN_PX))


def _box(values: torch.Tensor | None, image: torch.Tensor, field: ReceptiveField) -> tuple[np.ndarray, np.ndarray]:
    side, unknown = image.shape[-1], np.full((2, 2), -1)
    index = math.floor(((side - 1) / 2 - field.place_px(0)) / field.stride_px + 0.5)
    if values is None or not values.requires_grad or index >= min(values.shape[-2:]):
        return unknown, unknown
    (gradient,) = torch.autograd.grad(values[0, 0, index, index], image, retain_graph=True)
    first = int(field.first_px(index))
    expected = max(first, 0), min(first + field.size_px, side) - 1
    return np.array(box(gradient)), np.array([expected, expected])


@dataclass(frozen=True)
class Signal:
    """What runs through the linear network, (1, 1, height, width), None where that is not known; and how deep."""

    values: torch.Tensor | None
    depth: int = 0


def walked(traced: graphs.Traced, wanted: Sequence[fx.Node], image: torch.Tensor) -> Iterator[tuple[fx.Node, Signal]]:
    """Send an image (1, 1, side, side) through what some nodes need of a network; yield each node with its signal."""
    seen: dict[fx.Node, Any] = {}
    used = graphs.needed(wanted)
    for node in traced.graph.nodes:
        if node.op == "get_attr":
            seen[node] = _attribute(traced.root, str(node.target))
        elif node.op == "placeholder":
            seen[node] = Signal(image)
        elif node in used:
            seen[node] = _after(node, traced.root, seen)
            yield node, seen[node]


def _attribute(root: nn.Module, path: str) -> object:
    value: object = root
    for name in path.split("."):
        value = getattr(value, name)
    return value


def _after(node: fx.Node, root: nn.Module, seen: Mapping[fx.Node, object]) -> Signal:
    """Return what an operation makes of its signals; what there is no rule for ends in nothing known."""
    module = graphs.called(node, root)
    name = graphs.name_of(node) if module is None else rule_name(module)
    signal: Callable[[fx.Node], Any] = seen.__getitem__
    given: Any = fx.map_arg((node.args, node.kwargs), signal)
    args, kwargs = given
    signals = list(_signals((args, kwargs)))
    depth = max((one.depth for one in signals), default=0) + (name in _WEIGHED)
    known = [one.values for one in signals if one.values is not None]
    if name not in LINEAR or not signals or len(known) < len(signals):
        return Signal(None, depth)
    return Signal(LINEAR[name](Step(name, args, kwargs, (), (), module), known), depth)


def _signals(arguments: object) -> Iterator[Signal]:
    if isinstance(arguments, Signal):
        yield arguments
    elif isinstance(arguments, tuple | list):
        for one in arguments:
            yield from _signals(one)
    elif isinstance(arguments, Mapping):
        yield from _signals(tuple(arguments.values()))


Signals = list[torch.Tensor]


def _summed(_step: Step, signals: Signals) -> torch.Tensor | None:
    """Add what lies on the same places; one value for all places, a gate, counts as a constant."""
    largest = max(signals, key=lambda one: one.shape[-1] * one.shape[-2])
    wide = [one for one in signals if one.shape[-2:] != (1, 1) or one.shape == largest.shape]
    return sum(wide[1:], start=wide[0]) if len({one.shape for one in wide}) == 1 else None


def _slid(values: torch.Tensor, kernel: Any, stride: Any, padding: Any, dilation: Any = 1) -> torch.Tensor:
    sides = _pair(kernel)
    weight = values.new_full((1, 1, *sides), 1 / math.prod(sides))
    return F.conv2d(values, weight, None, stride, padding, dilation)


def _pair(value: Any) -> tuple[int, int]:
    return (int(value), int(value)) if not isinstance(value, tuple | list | torch.Size) else (value[0], value[-1])


def _convolution(step: Step, signals: Signals) -> torch.Tensor:
    kernel = step.value("weight", 1).shape[-2:]
    stride, padding = step.value("stride", 3, 1), step.value("padding", 4, 0)
    return _slid(signals[0], kernel, stride, padding, step.value("dilation", 5, 1))


def _max_pool(step: Step, signals: Signals) -> torch.Tensor:
    kernel, stride = step.value("kernel_size", 1), step.value("stride", 2)
    return _slid(signals[0], kernel, stride or kernel, step.value("padding", 3, 0), step.value("dilation", 4, 1))


def _average_pool(step: Step, signals: Signals) -> torch.Tensor:
    kernel, stride = step.value("kernel_size", 1), step.value("stride", 2)
    return _slid(signals[0], kernel, stride or kernel, step.value("padding", 3, 0))


def _whole(step: Step, signals: Signals) -> torch.Tensor | None:
    """Return the one value that a mean of the whole image is; None for a pool to several places."""
    size = step.value("output_size", 1)
    return signals[0].new_zeros(1, 1, 1, 1) if _pair(size) == (1, 1) else None


def _mean(step: Step, signals: Signals) -> torch.Tensor | None:
    dims, keeps = step.value("dim", 1), step.value("keepdim", 2, False)
    over = {one % 4 for one in (dims if isinstance(dims, tuple | list) else [dims])} if dims is not None else set()
    return signals[0].new_zeros(1, 1, 1, 1) if keeps and over == {2, 3} else None


def _padded(step: Step, signals: Signals) -> torch.Tensor | None:
    pads = step.value("pad" if step.module is None else "padding", 1)
    pads = [pads] * 4 if isinstance(pads, int) else list(pads)
    return F.pad(signals[0], pads) if all(isinstance(one, int) for one in pads) else None


def _channels(step: Step, signals: Signals) -> torch.Tensor | None:
    """Take some of the channels, all of which are alike."""
    return signals[0] if step.value("dim", 2, 0) in (1, -3) else None


def _piece(step: Step, signals: Signals) -> torch.Tensor | None:
    return signals[0] if isinstance(step.args[1], int) else None


def _joined(step: Step, signals: Signals) -> torch.Tensor | None:
    return _summed(step, signals) if step.value("dim", 1, 0) in (1, -3) else None


LINEAR: Mapping[str, Callable[[Step, Signals], torch.Tensor | None]] = {
    **dict.fromkeys(rules.POINTWISE, _summed),
    **dict.fromkeys(("Conv2d", "conv2d"), _convolution),
    **dict.fromkeys(("MaxPool2d", "max_pool2d"), _max_pool),
    **dict.fromkeys(("AvgPool2d", "avg_pool2d"), _average_pool),
    **dict.fromkeys(("AdaptiveAvgPool2d", "adaptive_avg_pool2d"), _whole),
    **dict.fromkeys(("pad", "ZeroPad2d", "ConstantPad2d"), _padded),
    **dict.fromkeys(("cat", "concat", "concatenate"), _joined),
    **dict.fromkeys(("chunk", "split"), _channels),
    "mean": _mean,
    "getitem": _piece,
}
"""What the linear network does in each operation; None where one channel cannot tell."""
