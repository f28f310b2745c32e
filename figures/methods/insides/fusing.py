"""Convolutions that take their border and their rectifier along: the same answers, in fewer passes over memory.

On a CPU a rectifier of its own takes as long as the convolution before it, and so does a border: both do little
but read and write all of a map. oneDNN rectifies numbers while they are in the cache.
"""

from __future__ import annotations

import copy
import functools
import math
from typing import Any

import torch
import torch.nn.functional as F
from torch import fx, nn
from torch.autograd.function import once_differentiable
from torch.overrides import has_torch_function_unary

from figures.methods.insides import graphs, strided

_SIX = 6.0


def fuse(part: fx.GraphModule) -> None:
    """Join convolutions with the zeros around what they read, and with the rectifiers that alone read them.

    For networks with frozen weights; gradients still reach the images. Modules are replaced, not changed.
    """
    for number, node in enumerate(list(part.graph.nodes)):
        if isinstance(_bare(part, node), nn.Identity):
            node.replace_all_uses_with(node.all_input_nodes[0])
            part.graph.erase_node(node)
        elif isinstance(_bare(part, node), nn.ZeroPad2d):
            _join_border(part, node, f"bordered_{number}")
        elif graphs.is_rectifier(node, graphs.called(node, part)):
            _join_rectifier(part, node, f"rectified_{number}")
    part.delete_all_unused_submodules()
    part.recompile()


@functools.cache
def available() -> bool:
    """Whether this PyTorch rectifies within a convolution."""
    return torch.backends.mkldnn.is_available() and hasattr(torch.ops.mkldnn, "_convolution_pointwise")


def _join_border(part: fx.GraphModule, border: fx.Node, name: str) -> None:
    reader = next(iter(border.users))
    convolution, zeros = _bare(part, reader), _bare(part, border)
    if len(border.users) == 1 and isinstance(convolution, nn.Conv2d) and _plain(convolution):
        joined = _bordered(convolution, zeros.padding)
        if joined is not None:
            _replace(part, border, reader, name, joined)


def _join_rectifier(part: fx.GraphModule, rectifier: fx.Node, name: str) -> None:
    source, module = rectifier.all_input_nodes[0], graphs.called(rectifier, part)
    convolution = _bare(part, source)
    bare = module is None or _bare(part, rectifier) is not None
    if bare and len(source.users) == 1 and isinstance(convolution, nn.Conv2d) and _plain(convolution):
        six = isinstance(module, nn.ReLU6) or graphs.name_of(rectifier) == "relu6"
        _replace(part, source, rectifier, name, Rectified(convolution, _SIX if six else math.inf))


def _replace(part: fx.GraphModule, first: fx.Node, second: fx.Node, name: str, joined: nn.Module) -> None:
    """Let one module do what two nodes did, the second of which alone reads the first."""
    part.add_submodule(name, joined)
    with part.graph.inserting_before(second):
        node = part.graph.call_module(name, (first.all_input_nodes[0],))
    second.replace_all_uses_with(node)
    part.graph.erase_node(second)
    part.graph.erase_node(first)


def _bare(part: fx.GraphModule, node: fx.Node) -> Any:
    """Return the module that a node calls with one tensor, if nothing hangs on it."""
    if node.op != "call_module" or len(node.args) != 1 or node.kwargs or len(node.all_input_nodes) != 1:
        return None
    module = part.get_submodule(str(node.target))
    exact = type(module) in (nn.Conv2d, nn.Identity, nn.ZeroPad2d, nn.ReLU, nn.ReLU6)
    return module if exact and not (module._forward_hooks or module._forward_pre_hooks) else None


def _plain(convolution: nn.Conv2d) -> bool:
    return convolution.padding_mode == "zeros" and not isinstance(convolution.padding, str)


def _bordered(convolution: nn.Conv2d, border: tuple[int, int, int, int]) -> nn.Conv2d | None:
    """Return a convolution that adds a border (left, right, top, bottom) itself, by a wider filter where it is uneven.

    None where that would cost more than it spares: where filters are dense, or dilated.
    """
    left, right, top, bottom = border
    uneven = (max(right - left, 0), max(left - right, 0), max(bottom - top, 0), max(top - bottom, 0))
    depthwise = convolution.groups == convolution.in_channels and max(convolution.dilation) == 1
    if min(border) < 0 or (any(uneven) and not depthwise):
        return None
    joined = copy.copy(convolution)
    joined._parameters = dict(convolution._parameters)
    given: Any = convolution.padding
    joined.padding = (given[0] + max(top, bottom), given[1] + max(left, right))
    with torch.inference_mode(False):
        weight = F.pad(convolution.weight.detach(), uneven).contiguous(memory_format=torch.channels_last)
        joined.weight = nn.Parameter(weight, requires_grad=False)
    joined.kernel_size = (weight.shape[2], weight.shape[3])
    return joined


class Rectified(nn.Module):
    """A convolution and its rectifier, which lets through what is between 0 and `most`."""

    def __init__(self, convolution: nn.Conv2d, most: float) -> None:
        super().__init__()
        self.convolution, self.most = convolution, most
        self.pointwise: tuple[str, list[float]] = ("relu", []) if math.isinf(most) else ("hardtanh", [0.0, most])

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        own = self.convolution
        # A mode is to see rectifiers, as that which redirects their gradients does.
        if x.dtype != torch.float32 or x.device.type != "cpu" or has_torch_function_unary(x):
            answer = own(x)
            return F.relu(answer) if math.isinf(self.most) else F.hardtanh(answer, 0.0, self.most)
        rectified: torch.Tensor = _Rectifying.apply(x, self) if x.requires_grad else self.rectified(x)
        return rectified

    def rectified(self, x: torch.Tensor) -> torch.Tensor:
        """Convolve and rectify in one pass."""
        own = self.convolution
        answer: torch.Tensor = torch.ops.mkldnn._convolution_pointwise(
            x, own.weight, own.bias, own.padding, own.stride, own.dilation, own.groups, *self.pointwise, ""
        )
        return answer

    def returned(self, gradient: torch.Tensor, x: torch.Tensor, answer: torch.Tensor) -> torch.Tensor:
        """Bring a gradient of the answer back to `x`; what was let through is told from the answer."""
        own = self.convolution
        passed = torch.ops.aten.hardtanh_backward(gradient, answer, 0.0, self.most)
        if strided.suits(own):
            return strided.returned(passed, x, own)
        entering: torch.Tensor = torch.ops.aten.convolution_backward(
            passed, x, own.weight, None, own.stride, own.padding, own.dilation, False, [0, 0], own.groups,
            [True, False, False],
        )[0]  # fmt: skip
        return entering


class _Rectifying(torch.autograd.Function):
    """A convolution and its rectifier for networks with frozen weights: what lies between is never written."""

    @staticmethod
    def forward(ctx: Any, x: torch.Tensor, module: Rectified) -> torch.Tensor:
        answer = module.rectified(x)
        ctx.save_for_backward(x, answer)
        ctx.module = module
        return answer

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, gradient: torch.Tensor) -> tuple[torch.Tensor, None]:
        return ctx.module.returned(gradient, *ctx.saved_tensors), None
