"""Where units of a layer look: the part of an image that stimuli are drawn in, and what is read of the layer."""

from __future__ import annotations

import math
from dataclasses import dataclass

from figures.methods.activations import center
from figures.methods.layers import map_size
from figures.methods.models import Model


@dataclass(frozen=True)
class View:
    """The part of an image that some positions of a layer see, and where things lie in it.

    `size_px` is the side of the part; `center_px` (x, y) the middle of the chosen position's
    receptive field; `index` that position's row and column in the layer's map of the
    part, `reach` how many positions to each side of it are read; `field_px` the side of
    a receptive field, no more than the image's.
    """

    size_px: int
    center_px: tuple[float, float]
    index: tuple[int, int]
    reach: int
    field_px: int

    @property
    def read(self) -> tuple[slice, slice]:
        """The rows and columns to read."""
        rows, columns = (slice(max(0, at - self.reach), at + self.reach + 1) for at in self.index)
        return rows, columns


def view(model: Model, layer: str, reach: int | None = None, *, whole: bool = False) -> View:
    """Cut out what the middle positions see, in step with the layer's stride; or take the whole image.

    Their pre-activations are the same as in the whole image: what lies outside their
    receptive fields, padding included, cannot reach them. `reach` defaults to a sixth of
    the receptive field.
    """
    field, (index, _) = model.receptive_field(layer), center(model, layer)
    stride, size = field.stride_px, model.input_size
    side = min(field.size_px, size)
    reach = round(side / stride / 6) if reach is None else reach
    first = 0 if whole else max(0, math.floor(field.first_px(index - reach) / stride) * stride)
    end = min(size, math.ceil((field.first_px(index + reach) + field.size_px) / stride) * stride)
    middle, at = field.center_px(index) + 0.5 - first, index - first // stride
    return View(size if whole else end - first, (middle, middle), (at, at), reach, side)


def placed(model: Model, layer: str, position: tuple[int, int]) -> View:
    """Look at the whole image from one position (y, x) alone."""
    field = model.receptive_field(layer)
    y_px, x_px = (field.center_px(at) + 0.5 for at in position)
    return View(model.input_size, (x_px, y_px), position, 0, min(field.size_px, model.input_size))


def looking(model: Model, layer: str, position: tuple[int, int] | None, reach: int | None = None) -> View:
    """Choose the view of units with one position, or of those without; the whole image where no less is taken."""
    if position is not None:
        return placed(model, layer, position)
    part = view(model, layer, reach)
    return part if map_size(model, layer, part.size_px) else view(model, layer, reach, whole=True)
