"""What becomes of axes and of receptive fields in every operation of a network.

Norms over groups of channels and gates from squeeze-and-excitation blocks let all of an image
scale what a position sees; they are not counted as seeing (see `surroundings`). Attention is: behind
it, every position sees the whole image, or all of its window. An operation that is not known here
counts as seeing everything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

import torch

from figures.methods.insides.flow import Fact, Step
from figures.methods.insides.layouts import SPACE, UNKNOWN, WINDOW, Axes, dropped, permuted, reshaped
from figures.methods.receptive_field import Field, Span, join

_LOSES_PLACE = (UNKNOWN, *WINDOW)


def after(step: Step) -> Fact | None:
    """Return what is known about the result of an operation; None where no image enters it."""
    return RULES.get(step.name, _unknown)(step) if step.inputs else None


def _joined(facts: Sequence[Fact]) -> Field:
    field = facts[0].field
    for fact in facts[1:]:
        field = join(field, fact.field)
    return field


def _same_everywhere(fact: Fact, result: Fact) -> bool:
    """Whether a tensor is one value for all positions of a result that it scales or is added to."""
    if fact.shape == result.shape or set(fact.axes.letters) & set(_LOSES_PLACE):
        return False
    return all(size == 1 for size, letter in zip(fact.shape, fact.axes.letters, strict=True) if letter in SPACE)


def _pointwise(step: Step) -> Fact:
    like = next((fact for fact in step.inputs if fact.shape == step.shape), None)
    like = like or next((fact for fact in step.inputs if len(fact.shape) == len(step.shape)), None)
    if like is None:
        return _unknown(step)
    result = Fact(step.shape, like.axes, like.field)
    wide = [fact for fact in step.inputs if not _same_everywhere(fact, result)]
    return replace(result, field=_joined(wide or step.inputs))


def _linear(step: Step) -> Fact:
    axes = step.first.axes
    if axes.letters[-1] in "Cc":
        return Fact(step.shape, axes, step.first.field)
    same = step.shape[-1] == step.first.shape[-1]
    return Fact(step.shape, axes if same else replace(axes, letters=axes.letters[:-1] + UNKNOWN), None)


def _attention_in_windows(step: Step) -> Fact:
    """Let each position see its window; along an axis that one window holds, windows are not shifted."""
    first, sides, shifts = step.first, _pair(step.value("window_size", 4)), _pair(step.value("shift_size", 6))
    lengths = [first.shape[first.axes.letters.index(letter)] for letter in "HW"]
    windows = [(side, shift if side < size else 0) for side, shift, size in zip(sides, shifts, lengths, strict=True)]
    return Fact(step.shape, first.axes, _seen(first.field, Span.windowed, *windows))


def _unknown(step: Step) -> Fact:
    like = next((fact.axes for fact in step.inputs if fact.shape == step.shape), None)
    return Fact(step.shape, like or Axes(UNKNOWN * len(step.shape)), None)


def _seen(field: Field, change: Callable[..., Span], rows: Iterable[int], columns: Iterable[int]) -> Field:
    """Change what is seen along rows and along columns, each by numbers of its own."""
    return None if field is None else (change(field[0], *rows), change(field[1], *columns))


def _pair(value: Any) -> tuple[int, int]:
    return (int(value), int(value)) if not isinstance(value, tuple | list) else (int(value[0]), int(value[-1]))


def _slid(step: Step, kernel: Any, stride: Any, padding: Any, dilation: Any) -> Fact:
    field, spread, reach = step.first.field, _pair(dilation), _pair(kernel)
    if isinstance(padding, str):
        padding = [d * (k - 1) // 2 for d, k in zip(spread, reach, strict=True)] if padding == "same" else 0
    if field is not None:
        field = _seen(field, Span.slide, *zip(reach, _pair(stride), _pair(padding), spread, strict=True))
    return Fact(step.shape, Axes("BCHW"), field)


def _convolution(step: Step) -> Fact:
    kernel = step.value("weight", 1).shape[-2:]
    return _slid(step, kernel, step.value("stride", 3, 1), step.value("padding", 4, 0), step.value("dilation", 5, 1))


def _max_pool(step: Step) -> Fact:
    kernel, stride = step.value("kernel_size", 1), step.value("stride", 2)
    return _slid(step, kernel, stride or kernel, step.value("padding", 3, 0), step.value("dilation", 4, 1))


def _average_pool(step: Step) -> Fact:
    kernel = step.value("kernel_size", 1)
    return _slid(step, kernel, step.value("stride", 2) or kernel, step.value("padding", 3, 0), 1)


def _adaptive_pool(step: Step) -> Fact:
    before, now = step.first.shape[-2:], step.shape[-2:]
    axes = Axes("BCHW")
    if before == now:
        return Fact(step.shape, axes, step.first.field)
    if 1 in now or any(b % n for b, n in zip(before, now, strict=True)):
        return Fact(step.shape, axes, None)
    windows = tuple(b // n for b, n in zip(before, now, strict=True))
    return _slid(step, windows, windows, 0, 1)


def _pad(step: Step) -> Fact:
    pads = step.value("pad" if step.module is None else "padding", 1)
    pads = [pads] * 4 if isinstance(pads, int) else list(pads)
    letters, field = step.first.axes.letters, step.first.field
    for axis, before in zip(reversed(letters), pads[::2], strict=False):
        if axis == "T" and before:
            field = None
        field = _moved(field, axis, -int(before))
    return Fact(step.shape, step.first.axes, field)


def _moved(field: Field, axis: str, positions: int, step: int = 1) -> Field:
    if field is None or axis not in "HW":
        return field
    rows, columns = field
    return (rows.shift(positions, step), columns) if axis == "H" else (rows, columns.shift(positions, step))


def _interpolate(step: Step) -> Fact:
    mode, before, now = str(step.value("mode", 3, "nearest")), step.first.shape[-2:], step.shape[-2:]
    field, factors = step.first.field, {n / b for b, n in zip(before, now, strict=True)}
    factor = next(iter(factors))
    simple = mode in ("nearest", "nearest-exact", "bilinear") and not step.value("align_corners", 4)
    if field is None or len(factors) > 1 or factor % 1 or not simple:
        return Fact(step.shape, Axes("BCHW"), field if factors == {1.0} else None)
    rows, columns = (span.spread(int(factor), linear=mode == "bilinear") for span in field)
    return Fact(step.shape, Axes("BCHW"), None if rows is None or columns is None else (rows, columns))


def _reshape(step: Step) -> Fact:
    first = step.first
    axes = reshaped(first.axes, first.shape, step.shape)
    kept = axes.spatial or not first.axes.spatial
    lost = any(letter in axes.letters and letter not in first.axes.letters for letter in _LOSES_PLACE)
    return Fact(step.shape, axes, first.field if kept and not lost else None)


def _merged_patches(step: Step) -> Fact:
    """Put each square of four positions into one, as Swin Transformers do between their stages."""
    return Fact(step.shape, step.first.axes, _seen(step.first.field, Span.slide, (2, 2, 0), (2, 2, 0)))


def _permute(step: Step) -> Fact:
    order = step.value("dims", 1)
    order = order if isinstance(order, tuple | list) else step.args[1:]
    return Fact(step.shape, permuted(step.first.axes, order), step.first.field)


def _transpose(step: Step) -> Fact:
    order = list(range(len(step.first.shape)))
    one, other = step.value("dim0", 1), step.value("dim1", 2)
    order[one], order[other] = order[other], order[one]
    return Fact(step.shape, permuted(step.first.axes, order), step.first.field)


def _cat(step: Step) -> Fact:
    dim, field = step.value("dim", 1, 0), _joined(step.inputs)
    axes = next((fact.axes for fact in step.inputs if fact.axes.letters[dim] != UNKNOWN), step.first.axes)
    letter = axes.letters[dim]
    if letter == "T":
        extra = step.shape[dim] - axes.grid[0] * axes.grid[1]
        axes = replace(axes, prefix=extra) if extra >= 0 else replace(axes, letters=axes.letters.replace("T", UNKNOWN))
    if letter in "HW":
        field = None
    return Fact(step.shape, axes, field)


def _reduce(step: Step) -> Fact | None:
    dims = step.value("dim", 1)
    if dims is None or isinstance(dims, torch.Tensor):
        return Fact(step.shape, Axes(UNKNOWN * len(step.shape)), None)
    size = len(step.first.shape)
    gone = {one % size for one in (dims if isinstance(dims, tuple | list) else [dims])}
    over_space = any(step.first.axes.letters[one] in SPACE for one in gone)
    kept = len(step.shape) == size
    axes = step.first.axes if kept else dropped(step.first.axes, gone)
    return Fact(step.shape, axes, None if over_space else step.first.field)


def _part(step: Step) -> Fact:
    """Take a piece of a tensor that was split: fewer along one axis, or without it."""
    first, dim = step.first, step.value("dim", 1 if step.name == "unbind" else 2, 0)
    cut = first.axes.letters[dim] in SPACE
    axes = first.axes
    if len(step.shape) < len(first.shape):
        axes = dropped(axes, {dim % len(first.shape)})
    elif cut:
        axes = replace(axes, letters=axes.letters.replace(axes.letters[dim], UNKNOWN))
    return Fact(step.shape, axes, None if cut else first.field)


def _item(step: Step) -> Fact:
    first, chosen = step.first, step.args[1]
    chosen = chosen if isinstance(chosen, tuple) else (chosen,)
    if any(not isinstance(one, int | slice | None | type(Ellipsis)) for one in chosen):
        return _unknown(step)
    missing = len(first.shape) - sum(1 for one in chosen if one is not None and one is not Ellipsis)
    spread = [one for one in chosen if one is not Ellipsis]
    if Ellipsis in chosen:
        at = chosen.index(Ellipsis)
        spread = [*chosen[:at], *[slice(None)] * missing, *chosen[at + 1 :]]
    return _chosen(step, spread)


def _chosen(step: Step, chosen: Sequence[int | slice | None]) -> Fact:
    first, letters, field, prefix, axis = step.first, "", step.first.field, step.first.axes.prefix, 0
    for one in chosen:
        if one is None:
            letters += "1"
            continue
        letter, size = first.axes.letters[axis], first.shape[axis]
        axis += 1
        if isinstance(one, int):
            field = None if letter in SPACE else field
            continue
        start, stop, pace = one.indices(size)
        whole = (start, stop, pace) == (0, size, 1)
        if letter == "T" and not whole:
            keeps = start <= prefix and stop == size and pace == 1
            prefix = prefix - start if keeps else prefix
            letter, field = ("T", field) if keeps else (UNKNOWN, None)
        letters += letter
        field = _moved(field, letter, start, pace)
    axes = Axes(letters + first.axes.letters[axis:], first.axes.grid, prefix)
    return Fact(step.shape, axes, field)


POINTWISE = (
    "add", "sub", "mul", "truediv", "div", "neg", "pos", "pow", "sqrt", "rsqrt", "exp", "log", "abs",
    "reciprocal", "clamp", "clamp_min", "maximum", "minimum", "where", "relu", "relu6", "gelu", "silu", "mish",
    "hardswish", "hardsigmoid", "sigmoid", "tanh", "leaky_relu", "prelu", "elu", "celu", "selu", "softplus",
    "hardtanh", "softmax", "log_softmax", "dropout", "dropout2d", "stochastic_depth", "batch_norm", "layer_norm",
    "group_norm", "instance_norm", "normalize", "local_response_norm", "rms_norm", "contiguous", "clone",
    "detach", "to", "type", "type_as", "float", "half", "bfloat16", "double", "expand", "multiply", "divide",
    "subtract", "square", "Identity", "Dropout", "Dropout1d", "Dropout2d", "AlphaDropout", "BatchNorm2d",
    "BatchNorm1d", "SyncBatchNorm", "LayerNorm", "GroupNorm", "InstanceNorm2d", "LocalResponseNorm", "RMSNorm",
    "ReLU", "ReLU6", "GELU", "SiLU", "Mish", "Hardswish", "Hardsigmoid", "Sigmoid", "Tanh", "LeakyReLU", "PReLU",
    "ELU", "CELU", "SELU", "Softplus", "Softmax", "LogSoftmax", "Hardtanh", "Softsign",
)  # fmt: skip
RULES: dict[str, Callable[[Step], Fact | None]] = {
    **dict.fromkeys(POINTWISE, _pointwise),
    **dict.fromkeys(("Linear", "linear"), _linear),
    **dict.fromkeys(("Conv2d", "conv2d"), _convolution),
    **dict.fromkeys(("MaxPool2d", "max_pool2d"), _max_pool),
    **dict.fromkeys(("AvgPool2d", "avg_pool2d"), _average_pool),
    **dict.fromkeys(
        ("AdaptiveAvgPool2d", "AdaptiveMaxPool2d", "adaptive_avg_pool2d", "adaptive_max_pool2d"), _adaptive_pool
    ),
    **dict.fromkeys(("pad", "ZeroPad2d", "ConstantPad2d", "ReflectionPad2d", "ReplicationPad2d"), _pad),
    **dict.fromkeys(("interpolate", "Upsample"), _interpolate),
    **dict.fromkeys(
        ("reshape", "view", "flatten", "unflatten", "Flatten", "Unflatten", "squeeze", "unsqueeze"), _reshape
    ),
    "_patch_merging_pad": _merged_patches,
    "shifted_window_attention": _attention_in_windows,
    "permute": _permute,
    **dict.fromkeys(("transpose", "swapaxes", "swapdims"), _transpose),
    **dict.fromkeys(("cat", "concat", "concatenate"), _cat),
    **dict.fromkeys(("mean", "sum", "amax", "amin"), _reduce),
    **dict.fromkeys(("chunk", "split", "tensor_split", "unbind"), _part),
    "getitem": _item,
}
