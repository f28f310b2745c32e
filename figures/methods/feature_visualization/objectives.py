"""What a picture is to achieve: one number for each picture of a batch."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

import torch
from torch.nn import functional
from torch.overrides import TorchFunctionMode

from figures.methods.activations import center
from figures.methods.layers import map_size
from figures.methods.models import Model
from figures.methods.surroundings import Cut, stands_alone
from figures.methods.views import sees_beyond


@dataclass(frozen=True)
class View:
    """The square of pixels that a network is shown, and which position (y, x) of the layer to read.

    A `local` view is just large enough to hold the receptive field of a neuron, which
    `field_px` is the side of and which lies `offset_px` right of and below the middle: the same for
    all pictures, or (n, 2) as x and y. Of a `whole` view, all counts, though the field is smaller. Pictures that are
    `apart` are read at positions of their own instead.
    """

    side_px: int
    field_px: int
    position: tuple[int, int]
    offset_px: float | torch.Tensor = 0.0
    local: bool = False
    whole: bool = False
    apart: bool = False

    @property
    def placed_px(self) -> float | torch.Tensor:
        """How far right of and below the middle of the view that of a picture lies: one that is whole fills it."""
        return 0.0 if self.whole else self.offset_px


def look_at(model: Model, layer: str, objective: str, size_px: int = 0, *, whole: bool = False) -> View:
    """Choose the view for units of a layer: all of an image, or what a neuron sees where that is less.

    Raises ValueError where the network takes no images of `size_px`.
    """
    if objective == "neuron" and not size_px and not whole:
        local = _local(model, layer)
        if local is not None:
            return local
        if sees_beyond(model, layer):
            return View(model.input_size, model.receptive_field(layer).size_px, center(model, layer), whole=True)
    side = size_px or model.input_size
    position = center(model, layer) if side == model.input_size else _middle(model, layer, side)
    return View(side, side, position, apart=whole)


def _local(model: Model, layer: str) -> View | None:
    """Return the view of one neuron far from all borders; None where no less than the image will do."""
    if layer in model.heads:
        return None
    field = model.receptive_field(layer)
    index = field.first_inside
    side = -(-(field.first_px(index) + field.size_px) // field.stride_px) * field.stride_px
    if side >= model.input_size or not stands_alone(model, layer, single(model, layer, side, index)):
        return None
    return View(side, field.size_px, (index, index), field.center_px(index) - (side - 1) / 2, local=True)


def single(model: Model, layer: str, side_px: int, index: int) -> Cut:
    """Return a square that one position is read of, as near to the middle of the image as the layer's stride allows."""
    stride, steps = model.receptive_field(layer).stride_px, center(model, layer)[0] - index
    first = min(max(steps, 0) * stride, (model.input_size - side_px) // stride * stride)
    return Cut(side_px, first, index, index + 1)


def _middle(model: Model, layer: str, side_px: int) -> tuple[int, int]:
    """Return the central position in images of another size than the model's."""
    shape = map_size(model, layer, side_px)
    if shape is None:
        raise ValueError(f"size {side_px} px; {model.name} takes only images of {model.input_size} px")
    stride = model.receptive_field(layer).stride_px
    moved = round((side_px - model.input_size) / 2 / stride)
    y, x = (min(max(at + moved, 0), length - 1) for at, length in zip(center(model, layer), shape, strict=True))
    return y, x


def scores(maps: torch.Tensor, channels: torch.Tensor, objective: str, places: torch.Tensor) -> torch.Tensor:
    """Return each picture's activation (n,) of its own channel in maps (n, channel, height, width).

    `places` (n, 2) are the positions (y, x) to read; a whole channel is its mean.
    """
    pictures = torch.arange(len(maps), device=maps.device)
    if objective == "channel":
        return maps[pictures, channels].mean(dim=(1, 2))
    return maps[pictures, channels, places[:, 0], places[:, 1]]


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
    def forward(ctx, x: torch.Tensor, low: float, high: float) -> torch.Tensor:
        ctx.save_for_backward(x)
        ctx.range = low, high
        return x.clamp(low, high)

    @staticmethod
    def backward(ctx, gradient: torch.Tensor) -> tuple[torch.Tensor, None, None]:
        (x,), (low, high) = ctx.saved_tensors, ctx.range
        plain = torch.ops.aten.hardtanh_backward(gradient, x, low, high)
        rest = tuple(range(1, x.ndim))
        alive = (plain.amax(dim=rest, keepdim=True) > 0) | (plain.amin(dim=rest, keepdim=True) < 0)  # faster than `any`
        if x.device.type == "cpu" and alive.all():  # as nearly always; to ask a GPU would be to wait for it
            return plain, None, None
        return torch.where(alive, plain, _inwards(gradient, x, low, high)), None, None


def _inwards(gradient: torch.Tensor, x: torch.Tensor, low: float, high: float) -> torch.Tensor:
    """Keep gradients that ask for what lies between two values, from within and from beyond either."""
    inside = (x > low) & (x < high)
    return gradient * (inside | ((x <= low) & (gradient < 0)) | ((x >= high) & (gradient > 0)))


_RELU = {torch.relu, torch.relu_, torch.Tensor.relu, torch.Tensor.relu_, functional.relu, functional.relu_}
_RELU6 = {functional.relu6}
_HARDTANH = {functional.hardtanh, functional.hardtanh_}


def _range(function, args: tuple, kwargs: dict) -> tuple[float, float] | None:
    """Return between which values a rectifier lets through; None for any other function."""
    if function in _RELU:
        return 0.0, float("inf")
    if function in _RELU6:
        return 0.0, 6.0
    if function in _HARDTANH:
        named = dict(zip(("min_val", "max_val"), args[1:], strict=False)) | kwargs
        return float(named.get("min_val", -1.0)), float(named.get("max_val", 1.0))
    return None


class _Redirecting(TorchFunctionMode):
    def __torch_function__(self, function, types, args=(), kwargs=None):
        kwargs = dict(kwargs or {})
        ends = _range(function, args, kwargs)
        entering = args[0] if args else kwargs.get("input")
        if ends is None or not isinstance(entering, torch.Tensor):  # a network is written down as it is
            return function(*args, **kwargs)
        return _Redirected.apply(entering, *ends)


def redirected_rectifiers(active: bool = True) -> AbstractContextManager:
    """Redirect gradients of every rectifier inside the context, per picture, only where they are all zero.

    ReLU, ReLU6 and hard tanh, as functions, methods or modules. As lucid's `redirected_relu_grad`;
    a loss is to be minimized, so a negative gradient asks for more.
    """
    return _Redirecting() if active else nullcontext()
