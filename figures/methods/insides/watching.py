"""Networks whose graph cannot be written down: their layers are found, and read, by watching them run."""

from __future__ import annotations

import contextlib
import functools
import itertools
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import torch
from torch import nn

from figures.methods.insides import graphs
from figures.methods.insides.anatomy import Anatomy, Layer, is_weighted, shaped
from figures.methods.insides.answers import classifying, heads_of
from figures.methods.insides.layouts import MAP, VECTOR, Axes
from figures.methods.receptive_field import ReceptiveField, box, everything

_MAPPING = (nn.Conv2d, nn.BatchNorm2d, nn.MaxPool2d, nn.AvgPool2d, nn.AdaptiveAvgPool2d, nn.GroupNorm)
_PREFIXES = 8


class Reached(Exception):
    """All that was asked for is there; the rest of the network need not run."""


def observed(network: nn.Module, input_size: int, channels: int, trouble: str) -> Anatomy:
    """Look into a network by running it on one random image; receptive fields are those of its gradient.

    Fields are measured at the middle position, of all channels together; what comes after a layer
    that sees the whole image is taken to see it too. Only layers that are
    rectifiers themselves, or keep what enters theirs in a child `pre`, count as rectified.
    """
    generator = torch.Generator().manual_seed(0)
    image = torch.rand(1, channels, input_size, input_size, generator=generator, requires_grad=True)
    outputs: dict[str, torch.Tensor] = {}

    def see(name: str, _module: nn.Module, _inputs: tuple, output: object) -> None:
        if isinstance(output, torch.Tensor) and output.shape[:1] == (1,):
            outputs[graphs.numbered(name, outputs)] = output

    modules, layers = _modules(network), {}
    hooks = [(module, functools.partial(see, name)) for name, module in modules.items()]
    with torch.inference_mode(False), torch.enable_grad(), _hooked(hooks):
        answers = heads_of(network(image))
    grid, all_seen = (0, 0), False
    for name, output in outputs.items():
        module = modules[graphs.path_of(name, modules)]
        axes = _axes(output.shape, module, grid)
        if axes is None:
            continue
        layer = _layer(name, output, axes, module, input_size)
        layers[name] = layer = layer if all_seen or layer.layout == VECTOR else _seen(layer, output, image)
        all_seen = layer.receptive_field.size_px >= input_size
        grid = (layer.height, layer.width) if layer.layout == MAP else grid
    heads = {name: one.shape[1] for name, one in answers.items() if _is_head(one)}
    return Anatomy(layers, classifying(heads), trouble)


def _is_head(answer: object) -> bool:
    return isinstance(answer, torch.Tensor) and answer.ndim == 2 and len(answer) == 1


def _layer(name: str, output: torch.Tensor, axes: Axes, module: nn.Module, input_size: int) -> Layer:
    rectified = _before(module) is not None
    return shaped(name, output.shape, axes, None, input_size, (rectified, rectified, is_weighted(module)))


def _axes(shape: Sequence[int], module: nn.Module, grid: tuple[int, int]) -> Axes | None:
    """Guess what the axes of an output are."""
    if len(shape) == 2:
        return Axes("BC")
    if len(shape) == 3:
        return next((Axes("BTC", one, shape[1] - math.prod(one)) for one in _grids(shape[1], grid)), None)
    if len(shape) != 4:
        return None
    last = shape[1] == shape[2] != shape[3] and not isinstance(module, _MAPPING)
    return Axes("BHWC" if last else "BCHW")


def _grids(count: int, grid: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """Yield the grids that so many tokens may have, the last map's first, then squares."""
    squares = ((math.isqrt(count - extra),) * 2 for extra in range(_PREFIXES) if count > extra)
    for rows, columns in (grid, *squares):
        if rows and 0 <= count - rows * columns < _PREFIXES:
            yield rows, columns


def _seen(layer: Layer, output: torch.Tensor, image: torch.Tensor) -> Layer:
    """Return the layer with the receptive field of its middle position."""
    middle = layer.as_maps(output)[0, :, layer.height // 2, layer.width // 2].sum()
    if not middle.requires_grad:
        return layer
    (gradient,) = torch.autograd.grad(middle, image, retain_graph=True, allow_unused=True)
    if gradient is None or not gradient.ne(0).any():
        return layer
    (first, last), (left, right) = box(gradient)
    size, input_size = max(last - first, right - left) + 1, image.shape[-1]
    even = everything(input_size, max(layer.height, layer.width))
    if size >= input_size or layer.height != layer.width:
        return layer
    start = min(first - layer.height // 2 * even.stride_px, left - layer.width // 2 * even.stride_px)
    field = ReceptiveField(size, even.stride_px, start)
    return Layer(**{**vars(layer), "receptive_field": field})


def _modules(network: nn.Module) -> dict[str, nn.Module]:
    inner = network.inner if isinstance(network, graphs.Normalised) else network
    return {name: module for name, module in inner.named_modules() if name}


def _before(module: nn.Module) -> nn.Module | None:
    """Return the rectifier that a module is or ends in, or the child that keeps what enters it."""
    if isinstance(module, nn.ReLU | nn.ReLU6):
        return module
    if isinstance(module, nn.Sequential) and len(module):
        return _before(module[-1])
    return getattr(module, "pre", None)


@contextmanager
def _hooked(hooks: Sequence[tuple[nn.Module, Callable[[nn.Module, tuple, object], None]]]) -> Iterator[None]:
    """Call hooks after their modules, for as long as the context lasts."""
    handles = [module.register_forward_hook(hook) for module, hook in hooks]
    try:
        yield
    finally:
        for handle in handles:
            handle.remove()


class Watched:
    """Reads (layer, before its rectifier?) of a network that runs as it is; what it may overwrite is copied."""

    def __init__(self, network: nn.Module, wanted: Sequence[tuple[str, bool]], heads: Sequence[str]) -> None:
        self.network = network
        self.heads = [key for key in wanted if key[0] in heads]
        self.targets = [_target(_modules(network), key) for key in wanted if key[0] not in heads]

    def __call__(self, images: torch.Tensor) -> dict[tuple[str, bool], torch.Tensor]:
        found: dict[tuple[str, bool], torch.Tensor] = {}
        see = [functools.partial(self._see, target, itertools.count(), found) for target in self.targets]
        hooks = [(target.module, one) for target, one in zip(self.targets, see, strict=True)]
        answers: Mapping[str, Any] = {}
        with _hooked(hooks), contextlib.suppress(Reached):
            answers = heads_of(self.network(images))
        return {**found, **{key: answers[key[0]] for key in self.heads}}

    def _see(
        self, target: Target, calls: Iterator[int], found: dict, _module: nn.Module, inputs: tuple, output: Any
    ) -> None:
        if next(calls) == target.call:
            found[target.key] = (inputs[0] if target.given else output).clone()
        if not self.heads and len(found) == len(self.targets):
            raise Reached


@dataclass(frozen=True)
class Target:
    """What to copy: what a module is `given` or answers, in one of its calls."""

    key: tuple[str, bool]
    module: nn.Module
    call: int
    given: bool


def _target(modules: Mapping[str, nn.Module], key: tuple[str, bool]) -> Target:
    layer, pre = key
    base = graphs.path_of(layer, modules)
    call = 0 if base == layer else int(layer.rpartition("_")[2])
    keeper = _before(modules[base]) if pre else None
    given = isinstance(keeper, nn.ReLU | nn.ReLU6)
    return Target(key, modules[base] if keeper is None else keeper, call, given)
