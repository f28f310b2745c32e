"""Draw crops in a row, each above the picture of what in it moves a unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from figures.artifact import Sprite, Tile
from figures.charts import sprites

if TYPE_CHECKING:
    from figures.methods.explained_crops import ExplainedCrops


def draw(explained: ExplainedCrops, *, tile: int = 84) -> tuple[Sprite, Sprite]:
    """Draw crops above their activations, and below them what moves the unit, above what that adds up to.

    `tile` is the side of a picture on the page in pixels.
    """
    seen = explained.seen
    where = [f"image {image} of {explained.dataset} at row {y}, column {x}" for image, y, x in explained.place]
    crops = [
        Tile(f"Crop of {place}, activation {value:.2f}", lines=(f"{value:.2f}",))
        for place, value in zip(where, seen.value, strict=True)
    ]
    moved = [
        Tile(f"Attribution for {place}, contributions add up to {total:.2f}", lines=(f"{total:.2f}",))
        for place, total in zip(where, seen.total, strict=True)
    ]
    above, below = f"What {explained.unit} sees, and its activation", "What of it moves the unit, and the sum over"
    enlarged = [sprites.resized(crop, max(2 * tile, len(crop))) for crop in seen.crops]
    across = len(where)
    return (
        sprites.sprite(enlarged, crops, name="crops", title=above, display_px=tile, per_row=across),
        sprites.sprite(
            seen.images, moved, name="attribution", title=f"{below} {explained.layer}", display_px=tile, per_row=across
        ),
    )
