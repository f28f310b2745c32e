"""Draw maps of a picture beside it, in one row for a network and one for its control."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from figures.artifact import Sprite, Tile
from figures.charts import icons, sprites, theme

if TYPE_CHECKING:
    from figures.methods.saliency.salient_picture import SalientPicture

FOR, AGAINST = theme.oklch(0.62, 0.20, 38), theme.oklch(0.60, 0.13, 250)
"""What speaks for the unit and against it; both stand out from a light page and from a dark one."""
SHORT = {"integrated-gradients": ("integrated", "gradients"), "grad-cam": ("Grad-CAM",), "smooth-grad": ("SmoothGrad",)}
"""The names that need more than a line, or their own letters."""


def draw(seen: SalientPicture, *, tile: int = 112, alt_text: str) -> tuple[Sprite, ...]:
    """Draw the picture and one map for each method; beneath, the same of the control."""
    return tuple(_row(seen, name, tile, alt_text) for name in seen.rows)


def _row(seen: SalientPicture, name: str, tile: int, alt_text: str) -> Sprite:
    maps, control = seen.rows[name], name == "control"
    pictures = [_opaque(seen.picture), *(_map(seen.scaled(maps, i)) for i in range(len(seen.methods)))]
    whose = f"{seen.network} before training" if control else seen.network
    unit = f"{seen.unit} ({seen.label})" if seen.label else seen.unit
    tiles = [Tile(f"{seen.word}, as it is", "", ("picture",))]
    tiles += [Tile(f"{method} for {unit}, {whose}", "", SHORT.get(method, (method,))) for method in seen.methods]
    title = "Control: the same network before training" if control else ("As trained" if seen.control else "")
    return sprites.sprite(
        [sprites.resized(one, 2 * tile) for one in pictures], tiles, display_px=tile, per_row=len(tiles),
        name=f"{name}-maps", title=title, alt=alt_text,
    )  # fmt: skip


def _map(values: np.ndarray) -> np.ndarray:
    """Draw a map in [-1, 1]: one in colours around grey, one of single values in two hues, see-through at zero."""
    if values.ndim == 3:
        return _opaque(0.5 + 0.5 * values)
    hues = np.where(values[..., None] > 0, rgb(FOR), rgb(AGAINST))
    return np.concatenate([hues, np.round(255 * np.abs(values))[..., None]], axis=-1).astype(np.uint8)


def _opaque(picture: np.ndarray) -> np.ndarray:
    """Return a picture (channel, side, side) in [0, 1] as (side, side, 4) uint8; the first channel where not three."""
    colours = picture if len(picture) == 3 else np.repeat(picture[:1], 3, axis=0)
    return icons.pixels(np.concatenate([colours, np.ones_like(colours[:1])])[None])[0]


def rgb(colour: str) -> tuple[int, ...]:
    """Return the red, green and blue of `#rrggbb`."""
    return tuple(bytes.fromhex(colour.removeprefix("#")))
