"""Which pixels a position of a layer can see.

Sizes grow as r + (k - 1) * s along a path, branches join to the smallest box around them
(Araujo, Norris and Sim, 2019, "Computing receptive fields of convolutional neural networks").
Attention within windows lets each position see its window, so that what is seen moves on in steps.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import torch

#: Of one position, or of many; it may lie between two.
Index = TypeVar("Index", int, float, np.ndarray)
Middle = TypeVar("Middle", float, np.ndarray)
_LONGEST = 64
"""After how many positions what they see must repeat to be followed exactly."""


@dataclass(frozen=True)
class ReceptiveField:
    """Position (y, x) of a layer sees `size_px` pixels from `start_px + index * stride_px` on, along each axis.

    Behind attention within windows, `window` neighbours see the same: one such row begins at index `-shift`,
    and what it sees at `start_px`.
    """

    size_px: int
    stride_px: int
    start_px: int
    window: int = 1
    shift: int = 0

    def first_px(self, index: Index) -> Index:
        """Return the first pixel that a position sees; it may lie outside the image."""
        return self.start_px + self._looks_from(index) * self.stride_px

    def center_px(self, index: Middle) -> Middle:
        """Return the middle of what a position sees; pixel i has its centre at i."""
        return self.first_px(index) + (self.size_px - 1) / 2

    def place_px(self, index: Middle) -> Middle:
        """Return where a position lies itself, which is the middle of what it sees but behind windows."""
        own = index + self.shift - (self.window - 1) / 2 if self.window > 1 else index
        return self.start_px + own * self.stride_px + (self.size_px - 1) / 2

    @property
    def first_inside(self) -> int:
        """The first position that sees no border of the image before it."""
        return -(self.start_px // (self.window * self.stride_px)) * self.window - self.shift

    def _looks_from(self, index: Index) -> Index:
        """Count positions from where what is seen begins at `start_px`; an index may lie between two positions."""
        return index if self.window == 1 else (index + self.shift) // self.window * self.window


@dataclass(frozen=True)
class Span:
    """The pixels that positions see along one axis.

    `ends` are the first that positions 0, 1, … see and the first that they no longer see, until that
    repeats, `stride` pixels further on for each position: at once, but behind attention within windows.
    """

    ends: tuple[tuple[int, int], ...] = ((0, 1),)
    stride: int = 1

    def at(self, index: int) -> tuple[int, int]:
        """Return the first pixel that a position sees, and the first that it no longer sees."""
        laps, place = divmod(index, len(self.ends))
        first, end = self.ends[place]
        moved = laps * len(self.ends) * self.stride
        return first + moved, end + moved

    def slide(self, kernel: int, stride: int, padding: int, dilation: int = 1) -> Span:
        """Widen by one window that slides."""
        return self._seen(lambda i: (i * stride - padding, i * stride - padding + dilation * (kernel - 1)), stride)

    def shift(self, positions: int, step: int = 1) -> Span:
        """Begin `positions` later, or earlier where there is a border of padding, and take every `step`-th."""
        return self._seen(lambda i: (positions + i * step, positions + i * step), step)

    def windowed(self, side: int, first: int = 0) -> Span:
        """Let positions see all of their window; one of the windows of `side` positions begins at `first`."""
        ends = [self._over((i - first) // side * side + first, side) for i in range(math.lcm(len(self.ends), side))]
        return _shortest(ends, self.stride)

    def spread(self, factor: int, *, linear: bool) -> Span | None:
        """Repeat or blend positions `factor` times as densely; None where pixels are too coarse for it."""
        if self.stride % factor:
            return None
        (first, end), stride = self.alike().ends[0], self.stride // factor
        back = factor // 2 if linear else 0
        firsts = [(phase - back) // factor * self.stride - phase * stride for phase in range(factor)]
        last = end - first + (self.stride if linear else 0)
        return Span(((first + min(firsts), first + max(firsts) + last),), stride)

    def alike(self) -> Span:
        """Return the least that holds what positions see if all saw alike from where they lie."""
        moves = [i * self.stride for i in range(len(self.ends))]
        first = min(first - moved for (first, _), moved in zip(self.ends, moves, strict=True))
        return Span(((first, max(end - moved for (_, end), moved in zip(self.ends, moves, strict=True))),), self.stride)

    def _over(self, first: int, count: int) -> tuple[int, int]:
        return self.at(first)[0], self.at(first + count - 1)[1]

    def _seen(self, positions: Callable[[int], tuple[int, int]], step: int) -> Span:
        """Let position i see what the first to the last of some positions do."""
        period = len(self.ends) // math.gcd(len(self.ends), step)
        ends = [(self.at(first)[0], self.at(last)[1]) for first, last in map(positions, range(period))]
        return _shortest(ends, self.stride * step)


def _shortest(ends: Sequence[tuple[int, int]], stride: int) -> Span:
    """Return a span without repetitions; one too long to follow as if all positions saw alike."""
    for period in (count for count in range(1, len(ends) + 1) if not len(ends) % count):
        span = Span(tuple(ends[:period]), stride)
        if all(span.at(i) == one for i, one in enumerate(ends)):
            return span if period <= _LONGEST else span.alike()
    raise AssertionError("a row repeats itself after its own length")


#: What positions see along rows and along columns; None where that is the whole image.
Field = tuple[Span, Span] | None
PIXEL: Field = (Span(), Span())


def join(one: Field, other: Field) -> Field:
    """Return the smallest field that holds two branches."""
    if one is None or other is None:
        return None
    if any(a.stride != b.stride for a, b in zip(one, other, strict=True)):
        return None
    return _hull(one[0], other[0]), _hull(one[1], other[1])


def _hull(one: Span, other: Span) -> Span:
    both = [(one.at(i), other.at(i)) for i in range(math.lcm(len(one.ends), len(other.ends)))]
    return _shortest([(min(a[0], b[0]), max(a[1], b[1])) for a, b in both], one.stride)


def squared(field: Field, input_size: int, positions: int) -> ReceptiveField:
    """Return a field as a square; `positions` is the side of the layer's map.

    What sees everything has the whole image, laid so that the middle of position i is where
    it lies on an even grid, (i + 1/2) * stride - 1/2.
    """
    if field is None or field[0].stride != field[1].stride:
        return everything(input_size, positions)
    return _stepped(_hull(*field))


def _stepped(span: Span) -> ReceptiveField:
    """Return the smallest field that holds a span: of windows, or of positions that see alike from where they lie."""
    count = len(span.ends)
    windows = [(side, shift) for side in range(1, count + 1) if not count % side for shift in range(side)]
    return min((_held(span, *one) for one in windows), key=lambda field: field.size_px)


def _held(span: Span, window: int, shift: int) -> ReceptiveField:
    """Return the field with such windows that holds a span."""
    steps = [((i + shift) // window * window * span.stride, *span.at(i)) for i in range(len(span.ends))]
    start = min(first - moved for moved, first, _ in steps)
    return ReceptiveField(max(end - moved for moved, _, end in steps) - start, span.stride, start, window, shift)


def everything(input_size: int, positions: int) -> ReceptiveField:
    """Return the whole image, for a layer whose map has a side of `positions`."""
    stride = max(1, round(input_size / positions))
    return ReceptiveField(input_size, stride, (stride - input_size) // 2)


def measured_box(
    read: Callable[[torch.Tensor], torch.Tensor], image: torch.Tensor
) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return ((first, last) row, (first, last) column) of the pixels that move a number.

    `read` gives one number for an image (1, channel, height, width); a pixel counts where the
    gradient is not exactly zero.
    """
    image = image.detach().clone().requires_grad_()
    (gradient,) = torch.autograd.grad(read(image), image)
    return box(gradient)


def box(gradient: torch.Tensor) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return ((first, last) row, (first, last) column) where a gradient (1, channel, height, width) is not zero."""
    moved = gradient[0].ne(0).any(dim=0)
    rows, columns = moved.any(dim=1).nonzero().flatten(), moved.any(dim=0).nonzero().flatten()
    if not len(rows):
        raise ValueError("no pixel moves this number: its gradient is zero everywhere")
    return (int(rows[0]), int(rows[-1])), (int(columns[0]), int(columns[-1]))
