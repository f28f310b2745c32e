"""Draw the patches that say most for each of some classes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from figures.artifact import Sprite, Tile
from figures.charts import drawings, sprites

if TYPE_CHECKING:
    from figures.methods.evidence.patches import Informative, Patches

_MARKS = {True: " ✓", False: " ✗", None: ""}


def draw(seen: Informative, *, tile: int = 64) -> tuple[Sprite, ...]:
    """Draw a row of patches for each class, the one that says most first; a tick where the image is of the class."""
    return tuple(_row(seen, one, f"patches-{place}", tile) for place, one in enumerate(seen.classes))


def _row(seen: Informative, one: Patches, name: str, tile: int) -> Sprite:
    told = zip(one.vote.tolist(), one.right, one.names, strict=True)
    tiles = [
        Tile(f"Patch of image {image}, vote {vote:.2f} for {one.name}", "", (f"{vote:.1f}{_MARKS[right]}",))
        for vote, right, image in told
    ]
    pictures = [drawings.enlarged(each, 2 * tile) for each in one.pictures]
    return sprites.sprite(pictures, tiles, display_px=tile, name=name, title=one.name, alt=f"Patches for {one.name}")
