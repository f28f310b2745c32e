"""Strokes as pictures: paths as SVG, and strokes laid over an image."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from PIL import Image as Picture

from figures.artifact import Image
from figures.charts import sprites, theme

INK, GROUND = "#000000", "#ffffff"
COLOURS = tuple(theme.TOKENS[f"series-{i}"][0] for i in range(8))
"""Colours of strokes on white and on faded images, the same in both themes."""
_FADE = 0.55


def path(
    paths: Sequence[str],
    colours: Sequence[str],
    *,
    side_px: int,
    width_px: float,
    alt: str,
    name: str,
    title: str = "",
    display_px: int | None = None,
    shown: Mapping[str, str] | None = None,
) -> Image:
    """Draw the data of SVG paths, each in its colour, on a white square of `side_px`; ends are cut square."""
    lines = "".join(f'<path d="{one}" stroke="{colour}"/>' for one, colour in zip(paths, colours, strict=True))
    box = f'width="{side_px}" height="{side_px}"'
    text = (
        f'<svg xmlns="http://www.w3.org/2000/svg" {box} viewBox="0 0 {side_px} {side_px}">'
        f"<title>{html.escape(alt)}</title>"
        f'<rect {box} fill="{GROUND}"/>'
        f'<g fill="none" stroke-width="{width_px:g}" stroke-linejoin="round">{lines}</g></svg>'
    )
    return Image(
        text.encode(), "image/svg+xml", side_px, side_px, alt, name, display_px, title=title, shown=dict(shown or {})
    )


def framed(picture: np.ndarray, *, alt: str, name: str, title: str, display_px: int) -> Image:
    """Encode a square picture (side, side, channel), uint8, twice as large as it is displayed."""
    made = sprites.image(enlarged(picture, 2 * display_px), alt=alt, name=name, display_px=display_px)
    return replace(made, title=title)


def enlarged(picture: np.ndarray, side_px: int) -> np.ndarray:
    """Resample a square picture (side, side, channel), pixels as squares where it grows by twice or more."""
    picture = np.repeat(picture, 3, axis=-1) if picture.shape[-1] == 1 else picture
    how = Picture.Resampling.NEAREST if side_px >= 2 * len(picture) else Picture.Resampling.LANCZOS
    return np.asarray(Picture.fromarray(picture).resize((side_px, side_px), how))


def laid_over(picture: np.ndarray, coverage: np.ndarray, colours: Sequence[str], side_px: int) -> np.ndarray:
    """Fade a picture (side, side, channel) and lay strokes (n, side_px, side_px) over it, each in its colour."""
    pale = 255 + (enlarged(picture, side_px).astype(float) - 255) * (1 - _FADE)
    return inked(pale, coverage, colours)


def inked(ground: np.ndarray, coverage: np.ndarray, colours: Sequence[str]) -> np.ndarray:
    """Lay strokes (n, side, side) over a ground (side, side, 3), the first at the bottom; return uint8."""
    laid = np.asarray(ground, float)
    for cover, colour in zip(coverage, colours, strict=True):
        ink = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)], float)
        laid = laid + (ink - laid) * np.nan_to_num(cover)[..., None]
    return np.round(laid).clip(0, 255).astype(np.uint8)
