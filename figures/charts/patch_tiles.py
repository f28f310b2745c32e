"""Pictures of gradients and of crops as tiles: enlarged, opaque, several on one, a window marked."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np
from PIL import Image, ImageDraw

from figures.charts import drawings, theme

Resample = Callable[[np.ndarray, int], np.ndarray]
GREY = 128
"""Where a gradient is zero."""
WINDOW, CASING = theme.oklch(0.62, 0.20, 38), "#ffffff"
"""The colours of a window's outline and of the line around it, which show on any picture."""


def opaque(picture: np.ndarray) -> np.ndarray:
    """Return a picture (height, width, channel) uint8 as RGBA; the first channel where there are not three."""
    colours = picture if picture.shape[-1] == 3 else np.repeat(picture[..., :1], 3, axis=-1)
    return np.concatenate([colours, np.full_like(colours[..., :1], 255)], axis=-1)


def shrunk(gradient: np.ndarray, side_px: int) -> np.ndarray:
    """Resample a gradient around grey (side, side, channel) uint8; where it shrinks, to its full contrast again.

    What lies close together above and below zero cancels in a smaller picture, and little would be left to see.
    """
    smaller = drawings.enlarged(gradient, side_px)
    if side_px >= len(gradient):
        return smaller
    away = smaller.astype(float) - GREY
    most = np.percentile(np.abs(away[away != 0]), 99) if away.any() else 1.0
    return np.round(GREY + np.clip(away / most, -1, 1) * (GREY - 1)).astype(np.uint8)


def marked(picture: np.ndarray, rows: tuple[int, int], columns: tuple[int, int], side_px: int) -> np.ndarray:
    """Enlarge a square picture (side, side, 4) and draw a frame around rows and columns, from first to before last."""
    factor = side_px / len(picture)
    drawn = Image.fromarray(drawings.enlarged(picture, side_px))
    # Around what is seen, where that does not leave the picture.
    box = [round(columns[0] * factor), round(rows[0] * factor), round(columns[1] * factor), round(rows[1] * factor)]
    pen, line = ImageDraw.Draw(drawn), max(2, round(side_px / 80))
    for colour, away in ((CASING, line + line // 2), (WINDOW, line)):
        grown = [max(0, edge - away) for edge in box[:2]] + [min(side_px - 1, edge + away - 1) for edge in box[2:]]
        pen.rectangle(grown, outline=colour, width=line)
    return np.asarray(drawn)


def montage(
    pictures: Sequence[np.ndarray], side_px: int, *, least: int = 0, resample: Resample = drawings.enlarged
) -> np.ndarray:
    """Lay square pictures (side, side, channel) in rows on one of `side_px`, as many in a row as there are rows.

    What is left over, and the gaps, are see-through. There is room for `least` at least. `resample` gives each
    the side that it has there.
    """
    across = math.ceil(math.sqrt(max(len(pictures), least)))
    gap = max(1, side_px // 70)
    edges = np.round(np.linspace(0, side_px + gap, across + 1)).astype(int)
    sheet = np.zeros((side_px, side_px, 4), np.uint8)
    for index, picture in enumerate(pictures):
        (top, bottom), (left, right) = (edges[i : i + 2] - (0, gap) for i in divmod(index, across))
        side = min(bottom - top, right - left)
        sheet[top : top + side, left : left + side] = opaque(resample(picture, side))
    return sheet
