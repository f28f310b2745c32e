"""The window of a picture that one position of a layer sees, cut off at the picture's border."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from figures.methods.models import Model


@dataclass(frozen=True)
class Window:
    """The rows and columns, from the first to before the last, that a position sees inside a picture.

    `first` is the row and the column at which the square of its longer side begins: outside of the picture where
    what the unit sees reaches over a border.
    """

    rows: tuple[int, int]
    columns: tuple[int, int]
    first: tuple[int, int]

    @property
    def height_px(self) -> int:
        return self.rows[1] - self.rows[0]

    @property
    def width_px(self) -> int:
        return self.columns[1] - self.columns[0]

    @property
    def side_px(self) -> int:
        return max(self.height_px, self.width_px)

    def cut(self, values: np.ndarray) -> np.ndarray:
        """Cut the window out of maps (..., height, width)."""
        return values[..., slice(*self.rows), slice(*self.columns)]

    def squared(self, pixels: np.ndarray) -> np.ndarray:
        """Cut a square (side, side, channel) out of a picture (height, width, channel); zero where there is none."""
        square = np.zeros((self.side_px, self.side_px, pixels.shape[-1]), pixels.dtype)
        top, left = self.rows[0] - self.first[0], self.columns[0] - self.first[1]
        inside = pixels[slice(*self.rows), slice(*self.columns)]
        square[top : top + self.height_px, left : left + self.width_px] = inside
        return square


def window(model: Model, layer: str, place: tuple[int, int]) -> Window:
    """Return what a position (row, column) of a layer sees."""
    field, length = model.receptive_field(layer), model.input_size
    starts = [int(field.first_px(index)) for index in place]
    rows, columns = ((max(0, start), min(length, start + field.size_px)) for start in starts)
    side = max(rows[1] - rows[0], columns[1] - columns[0])
    first = tuple(_first(start, span, side) for start, span in zip(starts, (rows, columns), strict=True))
    return Window(rows, columns, (first[0], first[1]))


def _first(start: int, span: tuple[int, int], side: int) -> int:
    """Let a square end where the span does, where a border cuts off the span's beginning."""
    return span[1] - side if start < 0 else span[0]
