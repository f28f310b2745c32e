"""Which pixels a position of a layer can see.

Sizes grow as r + (k - 1) * s along a path, branches join to the smallest box around them
(Araujo, Norris and Sim, 2019, "Computing receptive fields of convolutional neural networks").
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import torch


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


@dataclass(frozen=True)
class Span:
    """The pixels that position 0 sees along one axis, and how far apart neighbours look."""

    size: int = 1
    stride: int = 1
    start: int = 0

    def slide(self, kernel: int, stride: int, padding: int, dilation: int = 1) -> Span:
        """Widen by one window."""
        reach = dilation * (kernel - 1)
        return Span(self.size + reach * self.stride, self.stride * stride, self.start - padding * self.stride)

    def shift(self, positions: int, step: int = 1) -> Span:
        """Begin `positions` later, or earlier where there is a border of padding, and take every `step`-th."""
        return Span(self.size, self.stride * step, self.start + positions * self.stride)

    def spread(self, factor: int, *, linear: bool) -> Span | None:
        """Repeat or blend positions `factor` times as densely; None where pixels are too coarse for it."""
        if self.stride % factor:
            return None
        stride = self.stride // factor
        back = factor // 2 if linear else 0
        firsts = [(phase - back) // factor * self.stride - phase * stride for phase in range(factor)]
        ends = [first + self.size + (self.stride if linear else 0) for first in firsts]
        return Span(max(ends) - min(firsts), stride, self.start + min(firsts))


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
    start = min(one.start, other.start)
    end = max(one.start + one.size, other.start + other.size)
    return Span(end - start, one.stride, start)


def squared(field: Field, input_size: int, positions: int) -> ReceptiveField:
    """Return a field as a square; `positions` is the side of the layer's map.

    What sees everything has the whole image, laid so that the middle of position i is where
    it lies on an even grid, (i + 1/2) * stride - 1/2.
    """
    if field is None or field[0].stride != field[1].stride:
        return everything(input_size, positions)
    both = _hull(*field)
    return ReceptiveField(both.size, both.stride, both.start)


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
