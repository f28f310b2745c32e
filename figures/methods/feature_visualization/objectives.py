"""What a picture is to achieve: one number for each picture of a batch."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

import torch
from torch.nn import functional
from torch.overrides import TorchFunctionMode

from figures.methods.activations import center
from figures.methods.models import Model


@dataclass(frozen=True)
class View:
    """The square of pixels that a network is shown, and which position of the layer to read.

    A `local` view is just large enough to hold the receptive field of a neuron, which
    `field_px` is the side of and which lies `offset_px` right of and below the middle.
    """

    side_px: int
    field_px: int
    position: int
    offset_px: float = 0.0
    local: bool = False


def look_at(model: Model, layer: str, objective: str, size_px: int = 0) -> View:
    """Choose the view for units of a layer: all of an image, or what a neuron sees where that is less."""
    whole = size_px or model.input_size
    if layer in model.heads:
        return View(whole, whole, 0)
    field = model.receptive_field(layer)
    position = -(field.start_px // field.stride_px)
    side = -(-(field.first_px(position) + field.size_px) // field.stride_px) * field.stride_px
    if objective == "neuron" and not size_px and side < whole:
        return View(side, field.size_px, position, field.center_px(position) - (side - 1) / 2, local=True)
    middle = center(model, layer)[0] + round((whole - model.input_size) / 2 / field.stride_px)
    return View(whole, whole, middle)


def scores(maps: torch.Tensor, channels: torch.Tensor, objective: str, position: int) -> torch.Tensor:
    """Return each picture's activation (n,) of its own channel in maps (n, channel, height, width)."""
    own = maps[torch.arange(len(maps), device=maps.device), channels]
    return own.mean(dim=(1, 2)) if objective == "channel" else own[:, position, position]


def likeness(maps: torch.Tensor, group: int) -> torch.Tensor:
    """Return how alike each picture (n,) is to the others of its group of `group`, from -1 to 1.

    The mean cosine between Gram matrices of rectified maps, after Olah et al. (2017).
    """
    flat = maps.relu().flatten(2)
    grams = functional.normalize((flat @ flat.transpose(1, 2)).flatten(1), dim=1)
    grams = grams.view(-1, group, grams.shape[1])
    cosines = grams @ grams.transpose(1, 2)
    return ((cosines.sum(dim=2) - 1) / (group - 1)).flatten()


class _Redirected(torch.autograd.Function):
    """A rectifier that lets gradients wake what is silent, where all of a picture's are zero."""

    @staticmethod
    def forward(ctx, x: torch.Tensor) -> torch.Tensor:
        ctx.save_for_backward(x)
        return x.clamp(min=0)

    @staticmethod
    def backward(ctx, gradient: torch.Tensor) -> torch.Tensor:
        (x,) = ctx.saved_tensors
        plain = gradient * (x > 0)
        alive = plain.flatten(1).ne(0).any(dim=1).view(-1, *[1] * (x.ndim - 1))
        return torch.where(alive, plain, gradient * ((x > 0) | (gradient < 0)))


_RECTIFIERS = (torch.relu, torch.relu_, torch.Tensor.relu, torch.Tensor.relu_, functional.relu)


class _Redirecting(TorchFunctionMode):
    def __torch_function__(self, function, types, args=(), kwargs=None):
        if function in _RECTIFIERS:
            return _Redirected.apply(args[0])
        return function(*args, **(kwargs or {}))


def redirected_rectifiers(active: bool = True) -> AbstractContextManager:
    """Redirect gradients of every rectifier inside the context, per picture, only where they are all zero.

    As lucid's `redirected_relu_grad`; a loss is to be minimized, so a negative gradient asks for more.
    """
    return _Redirecting() if active else nullcontext()


def indices(units: Sequence[int], repeat: int, device: torch.device) -> torch.Tensor:
    """Return channel numbers with each repeated for its pictures."""
    return torch.tensor(units, device=device).repeat_interleave(repeat)
