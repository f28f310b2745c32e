"""Draw the images that drive a unit furthest, in a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from figures.artifact import Sprite, Tile
from figures.charts import sprites

if TYPE_CHECKING:
    from figures.methods.examples import Examples


def draw(seen: Examples, *, tile: int = 72, name: str = "", alt_text: str) -> Sprite:
    """Draw a unit's images, the furthest first, each above its activation.

    Of whole images, what the unit does not see is faded. By default the row is named after the unit.
    """
    pictures = seen.pictures if seen.window is None else sprites.spotlight(seen.pictures, *seen.window)
    enlarged = [sprites.resized(picture, max(2 * tile, len(picture))) for picture in pictures]
    tiles = [
        Tile(f"Image {image} of {seen.scanned.dataset}, activation {value:.1f}", str(seen.unit), (f"{value:.1f}",))
        for image, value in zip(seen.positions.image, seen.positions.value, strict=True)
    ]
    return sprites.sprite(
        enlarged, tiles, display_px=tile, per_row=len(tiles), name=name or _name(seen), title=str(seen.unit),
        alt=alt_text,
    )  # fmt: skip


def _name(seen: Examples) -> str:
    return f"examples-{seen.unit.layer.replace('.', '-')}-{seen.unit.index}{'-lowered' * seen.unit.negative}"
