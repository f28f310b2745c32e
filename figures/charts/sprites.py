"""Pictures for the page: encoded alone, or packed into one sheet."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from PIL import Image as Picture

from figures import lab
from figures.artifact import Image, Sprite, Tile
from figures.kept.pictures import Encoded

QUALITY = 90
EFFORT = 4
"""Of encoding WebP. With the greatest, 6, files are 1 % smaller, and drawing takes twice as long as a whole."""
_DENSITY = 2
_DIM = 0.35


def sprite(
    images: np.ndarray | Sequence[np.ndarray],
    tiles: Sequence[Tile],
    *,
    display_px: int = 72,
    per_row: int = 0,
    name: str = "sprite",
    title: str = "",
    alt: str = "",
    lossless: bool = False,
    **more: Any,
) -> Sprite:
    """Pack square pictures (n, side, side, channel), uint8, of grey, RGB or RGBA into one sheet.

    Pictures larger than twice `display_px` are made smaller; smaller ones stay as they are,
    except that all get the size of the largest. `more` are other fields of the sprite: its columns' titles,
    when it is shown. Raises ValueError unless there is a tile for each.
    """
    if len(images) != len(tiles) or not tiles:
        raise ValueError(f"{len(images)} pictures for {len(tiles)} tiles; expected one each, at least one")
    side = min(max(len(one) for one in images), _DENSITY * display_px)
    columns = math.ceil(math.sqrt(len(tiles)))
    sheet = _sheet([resized(_coloured(one), side) for one in images], columns)
    words = alt or title or f"{len(tiles)} pictures"
    return Sprite(
        image=_encoded(sheet, words, f"{name}-sheet", lossless, None),
        tiles=tuple(tiles),
        tile_px=side,
        columns=columns,
        display_px=display_px,
        per_row=per_row,
        name=name,
        title=title,
        **more,
    )


def image(
    picture: np.ndarray, *, alt: str, name: str = "image", display_px: int | None = None, lossless: bool = False,
    quality: int = QUALITY,
) -> Image:  # fmt: skip
    """Encode one picture (height, width, channel), uint8, of grey, RGB or RGBA as WebP."""
    return _encoded(_coloured(picture), alt, name, lossless, display_px, quality)


def resized(picture: np.ndarray, side_px: int) -> np.ndarray:
    """Resample a square picture (side, side, channel)."""
    if len(picture) == side_px:
        return picture
    return np.asarray(Picture.fromarray(picture).resize((side_px, side_px), Picture.Resampling.LANCZOS))


def spotlight(pictures: np.ndarray, rows: np.ndarray, columns: np.ndarray, side_px: int) -> np.ndarray:
    """Fade pictures (n, height, width, 3) to grey outside a square of `side_px` that starts at (row, column)."""
    dimmed = np.full_like(pictures, 128) * (1 - _DIM) + pictures * _DIM
    lit = np.round(dimmed).astype(np.uint8)
    for one, whole, row, column in zip(lit, pictures, rows, columns, strict=True):
        square = np.s_[row : row + side_px, column : column + side_px]
        one[square] = whole[square]
    return lit


def _sheet(pictures: Sequence[np.ndarray], columns: int) -> np.ndarray:
    """Lay pictures row by row on a sheet; what is left over stays empty."""
    side, _, channels = pictures[0].shape
    sheet = np.zeros((math.ceil(len(pictures) / columns) * side, columns * side, channels), np.uint8)
    for index, picture in enumerate(pictures):
        row, column = divmod(index, columns)
        sheet[row * side : (row + 1) * side, column * side : (column + 1) * side] = picture
    return sheet


def _coloured(picture: np.ndarray) -> np.ndarray:
    """Repeat a single grey channel three times."""
    if picture.dtype != np.uint8 or picture.ndim != 3 or picture.shape[-1] not in (1, 3, 4):
        raise ValueError(f"a picture of {picture.dtype} {picture.shape}; expected uint8 (height, width, 1, 3 or 4)")
    return np.repeat(picture, 3, axis=-1) if picture.shape[-1] == 1 else picture


def _encoded(
    pixels: np.ndarray, alt: str, name: str, lossless: bool, display_px: int | None, quality: int = QUALITY
) -> Image:
    data = lab.beside(_webp, pixels, lossless, quality)
    height, width = pixels.shape[:2]
    return Image(data, "image/webp", width, height, alt, name, display_px)


def _webp(pixels: np.ndarray, lossless: bool, quality: int) -> Encoded:
    buffer = io.BytesIO()
    Picture.fromarray(pixels).save(
        buffer, "WEBP", lossless=lossless, quality=100 if lossless else quality, method=EFFORT
    )
    return Encoded(buffer.getvalue())
