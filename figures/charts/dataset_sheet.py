"""Draw images of a data set side by side, each above its label."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from figures.artifact import Sprite, Tile
from figures.charts import sprites

if TYPE_CHECKING:
    from figures.methods.dataset_sheet import DatasetSheet


def draw(
    seen: DatasetSheet, caption: Callable[[DatasetSheet, int], str], *, tile: int = 96, name: str = "dataset",
    alt_text: str,
) -> Sprite:  # fmt: skip
    """Draw the images as tiles; `caption` says what stands below each."""
    tiles = [Tile(f"{image} of {seen.dataset}", "", (caption(seen, place),)) for place, image in enumerate(seen.names)]
    return sprites.sprite(list(seen.pictures), tiles, display_px=tile, name=name, alt=alt_text)
