"""Which pixels a position of a layer can see, by recursion over the network's graph."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import fx, nn


@dataclass(frozen=True)
class ReceptiveField:
    """Position (y, x) of a layer sees `size_px` pixels from `start_px + index * stride_px` on, along each axis."""

    size_px: int
    stride_px: int
    start_px: int

    def first_px(self, index: int) -> int:
        """Return the first pixel that a position sees; it may lie outside the image."""
        return self.start_px + index * self.stride_px

    def center_px(self, index: int) -> float:
        """Return the middle of what a position sees; pixel i has its centre at i."""
        return self.first_px(index) + (self.size_px - 1) / 2


PIXEL = ReceptiveField(1, 1, 0)
_WINDOWS = (nn.Conv2d, nn.MaxPool2d, nn.AvgPool2d)
_GLOBAL_MODULES = (nn.AdaptiveAvgPool2d, nn.AdaptiveMaxPool2d, nn.Linear, nn.Flatten)
_GLOBAL_CALLS = frozenset({"mean", "flatten", "amax"})


def receptive_fields(network: nn.Module, input_size: int) -> dict[str, ReceptiveField]:
    """Return the receptive field of every module that `network` calls, by dotted name.

    Sizes grow as r + (k - 1) * s along a path, branches join to the smallest box around them
    (Araujo, Norris and Sim, 2019, "Computing receptive fields of convolutional neural
    networks"). What sees everything, such as a global mean, gets the whole image.
    """
    graph = fx.Tracer().trace(network)
    modules = dict(network.named_modules())
    whole = ReceptiveField(input_size, input_size, 0)
    at_node: dict[fx.Node, ReceptiveField] = {}
    at_module: dict[str, ReceptiveField] = {}
    for node in graph.nodes:
        at_node[node] = _step(node, modules, at_node, whole)
        for name in _modules_of(node):
            at_module[name] = at_node[node]
    return at_module


def _modules_of(node: fx.Node) -> list[str]:
    """Name the modules inside which a node was recorded, outermost first."""
    stack = [path for path, _ in node.meta.get("nn_module_stack", {}).values()]
    return stack + ([str(node.target)] if node.op == "call_module" else [])


def _step(
    node: fx.Node, modules: dict[str, nn.Module], fields: dict[fx.Node, ReceptiveField], whole: ReceptiveField
) -> ReceptiveField:
    if node.op == "placeholder":
        return PIXEL
    incoming = [fields[one] for one in node.all_input_nodes if fields[one] is not PIXEL or one.op == "placeholder"]
    field = functools.reduce(_join, incoming or [PIXEL])
    module = modules.get(str(node.target)) if node.op == "call_module" else None
    if isinstance(module, _WINDOWS):
        return _slide(field, module)
    name = node.target if isinstance(node.target, str) else getattr(node.target, "__name__", "")
    if isinstance(module, _GLOBAL_MODULES) or (module is None and name in _GLOBAL_CALLS):
        return whole
    return field


def _slide(field: ReceptiveField, window: nn.Module) -> ReceptiveField:
    """Widen a field by one convolution or pooling window."""
    size, stride, padding = (_side(getattr(window, name)) for name in ("kernel_size", "stride", "padding"))
    reach = _side(getattr(window, "dilation", 1)) * (size - 1) + 1
    return ReceptiveField(
        size_px=field.size_px + (reach - 1) * field.stride_px,
        stride_px=field.stride_px * stride,
        start_px=field.start_px - padding * field.stride_px,
    )


def _side(value: int | tuple[int, ...] | str) -> int:
    if isinstance(value, str):
        raise ValueError(f"padding {value!r} has no fixed number of pixels; expected a number")
    return value if isinstance(value, int) else max(value)


def _join(one: ReceptiveField, other: ReceptiveField) -> ReceptiveField:
    """Return the smallest field that holds two branches."""
    start = min(one.start_px, other.start_px)
    end = max(one.start_px + one.size_px, other.start_px + other.size_px)
    return ReceptiveField(end - start, max(one.stride_px, other.stride_px), start)


def measured_box(
    read: Callable[[torch.Tensor], torch.Tensor], image: torch.Tensor
) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return ((first, last) row, (first, last) column) of the pixels that move a number.

    `read` gives one number for an image (1, channel, height, width); a pixel counts where the
    gradient is not exactly zero.
    """
    image = image.detach().clone().requires_grad_()
    (gradient,) = torch.autograd.grad(read(image), image)
    moved = gradient[0].ne(0).any(dim=0)
    rows, columns = moved.any(dim=1).nonzero().flatten(), moved.any(dim=0).nonzero().flatten()
    return (int(rows[0]), int(rows[-1])), (int(columns[0]), int(columns[-1]))
