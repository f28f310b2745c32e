"""Draw images of a data set side by side, each above its label."""

from __future__ import annotations

from typing import TYPE_CHECKING

from figures.artifact import Sprite, Tile
from figures.charts import sprites

if TYPE_CHECKING:
    from figures.methods.dataset_sheet import DatasetSheet


def draw(seen: DatasetSheet, *, tile: int = 96, name: str = "dataset", alt_text: str) -> Sprite:
    """Draw the images as tiles."""
    named = zip(seen.names, seen.captions, strict=True)
    tiles = [Tile(f"{image} of {seen.dataset}", "", (caption,)) for image, caption in named]
    return sprites.sprite(list(seen.pictures), tiles, display_px=tile, name=name, alt=alt_text)
