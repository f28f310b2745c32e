"""Where units of a layer look: the square of an image that stimuli are drawn in, and what is read of the layer."""

from __future__ import annotations

import math
from dataclasses import dataclass

from figures.methods.activations import center
from figures.methods.models import Model
from figures.methods.surroundings import Cut, reaches_in, stands_alone


@dataclass(frozen=True)
class View:
    """The square of an image that some positions of a layer see, and where things lie in it.

    `size_px` is the side of the square; `center_px` (x, y) the middle of the chosen position's
    receptive field; `index` that position's row and column in the layer's map of the
    square, `reach` how many positions to each side of it are read; `field_px` the side of
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

    Their pre-activations are the same as in the whole image, where nothing but their receptive
    fields reaches them (see `looking`): what lies outside of these, padding included, is cut off.
    `reach` defaults to a sixth of the receptive field.
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
    """Choose the view of units with one position, or of those without; the whole image where no less will do.

    That is where a network takes no smaller images, and where units answer to more than their receptive fields.
    """
    if position is not None:
        return placed(model, layer, position)
    square = view(model, layer, reach)
    return square if stands_alone(model, layer, _cut(model, layer, square)) else view(model, layer, reach, whole=True)


def sees_beyond(model: Model, layer: str) -> bool:
    """Tell whether units of a layer answer to what lies outside their receptive fields; found by trying.

    Such layers are measured on whole images. False where a receptive field holds the whole image.
    """
    return reaches_in(model, layer, _cut(model, layer, view(model, layer, 0)))


def sees_whole(model: Model, layer: str) -> bool:
    """Tell whether units of a layer answer to the whole image, by their receptive fields or beyond them."""
    return model.receptive_field(layer).size_px >= model.input_size or sees_beyond(model, layer)


def _cut(model: Model, layer: str, square: View) -> Cut:
    """Say where in the whole image the square of a view lies."""
    (index, _), (at, _) = center(model, layer), square.index
    return Cut(
        square.size_px, (index - at) * model.receptive_field(layer).stride_px, max(0, at - square.reach),
        at + square.reach + 1,
    )  # fmt: skip
