"""Draw an edge: a picture, what of it drives both units, and where the lower one moves the upper one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from figures.artifact import Sprite, Tile
from figures.charts import icons, sprites
from figures.charts.hierarchy import picture_of, three
from figures.charts.saliency_maps import AGAINST, FOR, rgb
from figures.words.phrases import written

if TYPE_CHECKING:
    from figures.methods.walks.edge import Edge

_GREY = 0.25
_STRONGEST = 0.9
"""How much of the picture is left beneath a map, and how much of the map covers it at most."""


def draw(seen: Edge, *, tile: int = 148, alt_text: str) -> Sprite:
    """Draw four pictures in a row; red positions of the last add to the upper unit, blue ones take away."""
    whole = icons.pixels(three(seen.picture)[None])[0]
    pictures = [whole, *(picture_of(path) for path in seen.maps), meeting(whole, seen.meeting)]
    upper = f"{seen.upper} ({seen.label})" if seen.label else seen.upper
    added = written(seen.signed, "+.3g")
    tiles = [
        Tile(f"{seen.word}, as it is", "", ("picture",)),
        Tile(f"The pixels that drive {upper}", _unit(seen.upper), (seen.upper, f"answers {written(seen.value)}")),
        Tile(f"Those that drive {seen.lower} by way of it", _unit(seen.lower), (seen.lower, "by way of it")),
        Tile(f"Where {seen.lower} adds to {seen.upper}", "", ("what it adds", f"{added} in all")),
    ]
    return sprites.sprite(
        [sprites.resized(one, 2 * tile) for one in pictures], tiles, display_px=tile, per_row=len(tiles), name="edge",
        alt=alt_text,
    )  # fmt: skip


def meeting(picture: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Lay what positions (height, width) add over a picture (side, side, 3) that is faded to grey, full at the most."""
    side = len(picture)
    full = np.abs(values).max() or 1.0
    scaled = Image.fromarray((values / full).astype(np.float32))
    large = np.asarray(scaled.resize((side, side), Image.Resampling.NEAREST))
    grey = 128 + _GREY * (picture.mean(axis=2, keepdims=True) - 128)
    hues = np.where(large[..., None] > 0, rgb(FOR), rgb(AGAINST))
    strength = _STRONGEST * np.abs(large)[..., None]
    return np.round(grey * (1 - strength) + hues * strength).astype(np.uint8)


def _unit(name: str) -> str:
    return name.removesuffix("-")
