"""Pictures in the cells of a grid, larger where more lies in a cell: the sheets of a mosaic."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image as Picture
from PIL import ImageDraw

from figures.artifact import Level, Mosaic, Patch
from figures.charts import sprites

if TYPE_CHECKING:
    from figures.methods.atlas.atlas import Atlas, Grid

_LARGEST_PX, _SHEET_PX = 72, 1440
_QUALITY = 72
"""Icons are small and many: finer gradations would double a page's bytes."""
_SMALLEST, _CROWDED = 0.5, 80
_GAP, _CORNER, _OVER = 0.03, 0.1, 4


def draw(seen: Atlas, *, runners_up: int, alt_text: str, name: str = "atlas") -> Mosaic:
    """Draw every grid of an atlas, coarse to fine; a cell is called after its class and so many less one that follow.

    The more positions a cell holds, the larger is its picture; in the fullest fifth of cells it fills the cell.
    """
    best = [grid.cells.best(runners_up) for grid in seen.grids]
    numbers = np.unique(np.concatenate([one.ravel() for one in best]))
    levels = tuple(
        _level(grid, np.searchsorted(numbers, order), f"{name}-{grid.cells.grid}", alt_text)
        for grid, order in zip(seen.grids, best, strict=True)
    )
    return Mosaic(levels, tuple(seen.names(numbers)), "positions", alt_text, name)


def _level(grid: Grid, labels: np.ndarray, name: str, alt_text: str) -> Level:
    held = grid.cells
    rows = zip(*(part.tolist() for part in (held.row, held.column, held.count, labels)), strict=True)
    patches = tuple(Patch(row, column, count, tuple(several)) for row, column, count, several in rows)
    image = sprites.image(
        sheet(grid.pictures, held.row, held.column, shares(held.count), held.grid), alt=alt_text, name=name,
        quality=_QUALITY,
    )  # fmt: skip
    return Level(held.grid, image, patches)


def shares(count: np.ndarray) -> np.ndarray:
    """Return the side (n,) of each picture as a share of its cell: areas go by how many lie there."""
    crowded = max(float(np.percentile(count, _CROWDED)), 1.0)
    return np.clip(np.sqrt(count / crowded), _SMALLEST, 1.0)


def sheet(
    images: np.ndarray | Sequence[np.ndarray], row: np.ndarray, column: np.ndarray, share: np.ndarray, grid: int
) -> np.ndarray:
    """Lay square pictures (n, side, side, channel) uint8 in the cells of a grid, (px, px, 4); clear elsewhere."""
    cell = min(_LARGEST_PX, _SHEET_PX // grid)
    laid = Picture.new("RGBA", (grid * cell, grid * cell))
    for image, y, x, part in zip(images, row.tolist(), column.tolist(), share.tolist(), strict=True):
        side = max(2, round(cell * part * (1 - _GAP)))
        corner = (cell - side) // 2
        laid.paste(_rounded(image, side), (x * cell + corner, y * cell + corner))
    return np.asarray(laid)


def _rounded(image: np.ndarray, side: int) -> Picture.Image:
    colours = np.broadcast_to(image[..., :3] if image.shape[-1] != 1 else image, (*image.shape[:2], 3))
    picture = Picture.fromarray(np.ascontiguousarray(colours)).resize((side, side), Picture.Resampling.LANCZOS)
    mask = Picture.new("L", (side * _OVER, side * _OVER))
    whole = side * _OVER - 1
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, whole, whole), _CORNER * whole, fill=255)
    picture.putalpha(mask.resize((side, side), Picture.Resampling.LANCZOS))
    return picture
