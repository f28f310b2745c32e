"""Small pictures inside charts: stimuli along an axis, feature visualizations around a ring."""

from __future__ import annotations

import base64
import io
from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageDraw

from figures.charts.once import once
from figures.charts.sprites import EFFORT

SIDE_PX = 96
"""Side of a picture in its file, where it stands for a unit."""


def small(images: Sequence[np.ndarray]) -> list[str]:
    """Return pictures of units, each (side, side, 3) uint8, as data URIs."""
    return [uri(image, side_px=SIDE_PX) for image in images]


@once
def uri(image: np.ndarray, *, side_px: int, corner: float = 0.08) -> str:
    """Return a square picture (height, width, 1, 3 or 4) uint8 as a WebP data URI with rounded corners.

    `side_px` is its side in the file, `corner` the corners' radius as a share of the side.
    """
    colours = np.broadcast_to(image, (*image.shape[:2], 3)) if image.shape[2] == 1 else image
    picture = Image.fromarray(np.ascontiguousarray(colours)).convert("RGBA")
    picture = picture.resize((side_px, side_px), Image.Resampling.LANCZOS)
    picture.putalpha(_rounded(side_px, corner))
    buffer = io.BytesIO()
    picture.save(buffer, "WEBP", quality=86, method=EFFORT)
    return "data:image/webp;base64," + base64.b64encode(buffer.getvalue()).decode()


def see_through(picture: np.ndarray) -> str:
    """Return a picture (side, side, 4) uint8 as a WebP data URI, as transparent as it is."""
    buffer = io.BytesIO()
    Image.fromarray(picture).save(buffer, "WEBP", quality=86, method=EFFORT)
    return "data:image/webp;base64," + base64.b64encode(buffer.getvalue()).decode()


def uris(images: np.ndarray, *, side_px: int) -> list[str]:
    """Return pictures (n, 3, height, width) in [0, 1], such as stimuli, as data URIs."""
    return [uri(image, side_px=side_px) for image in pixels(images)]


def _rounded(side: int, corner: float, over: int = 4) -> Image.Image:
    """Draw the mask of a rounded square, smoothed by drawing it larger."""
    mask = Image.new("L", (side * over, side * over))
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, side * over - 1, side * over - 1), corner * side * over, fill=255)
    return mask.resize((side, side), Image.Resampling.LANCZOS)


def pixels(images: np.ndarray) -> np.ndarray:
    """Turn images (n, channel, height, width) in [0, 1] into (n, height, width, channel) uint8."""
    return np.round(np.clip(np.moveaxis(images, 1, -1), 0, 1) * 255).astype(np.uint8)
