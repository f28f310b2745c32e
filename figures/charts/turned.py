"""Draw one image as it turns, and what a unit answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from figures.artifact import Sprite, Tile
from figures.charts import sprites
from figures.words.phrases import written

if TYPE_CHECKING:
    from figures.methods.joint_tuning import Turning

TILE_PX = 44


def draw(seen: Turning, *, name: str = "turned") -> Sprite:
    """Draw the image at each angle in one row, with the angle and the answer below."""
    whole = f"Image {seen.image} of {seen.dataset}"
    tiles = [
        Tile(
            f"{whole} turned by {angle:.0f} degrees, activation {answer:.1f}",
            lines=(f"{angle:.0f}°", written(answer, ".1f")),
        )
        for angle, answer in zip(seen.angles_deg, seen.pre_activation, strict=True)
    ]
    return sprites.sprite(
        seen.pictures, tiles, display_px=TILE_PX, per_row=len(tiles), name=name, title="One image as it turns",
        alt=f"{whole} as it turns",
    )  # fmt: skip
