"""Draw the crops that drive units most, beside what of each moves the unit."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from figures.artifact import Sprite, Tile
from figures.charts import drawings, patch_tiles, sprites

if TYPE_CHECKING:
    from figures.methods.patches.top_patches import TopPatches, UnitPatches


def draw(seen: TopPatches, *, tile: int = 84) -> tuple[Sprite, ...]:
    """Draw for each unit a block of crops, and beside it a block of their gradients in the same order.

    `tile` is the side of a picture on the page in pixels.
    """
    return tuple(_sheet(seen, one, f"patches-{index}", tile) for index, one in enumerate(seen.units))


def _sheet(seen: TopPatches, one: UnitPatches, name: str, tile: int) -> Sprite:
    side, count = 2 * tile, len(one.crops.positions)
    pictures = [patch_tiles.opaque(drawings.enlarged(each, side)) for each in one.crops.pictures]
    pictures += [patch_tiles.opaque(patch_tiles.shrunk(each, side)) for each in one.patches.images]
    unit = f"{one.unit} ({one.label})" if one.label else one.unit
    title = f"{unit}: what it answers to most, and what of that moves it ({seen.method})"
    return sprites.sprite(
        pictures, _tiles(seen, one), display_px=tile, per_row=math.ceil(math.sqrt(count)), block=count, twins=True,
        name=name, title=title, alt=title,
    )  # fmt: skip


def _tiles(seen: TopPatches, one: UnitPatches) -> list[Tile]:
    best = one.crops.positions
    where = [f"image {image} of {seen.dataset} at row {y}, column {x}" for image, y, x in best.places.tolist()]
    crops = [
        Tile(f"Crop of {place}, activation {value:.2f}", lines=(f"{value:.2f}",))
        for place, value in zip(where, best.value.tolist(), strict=True)
    ]
    # Twins stay in line: what stands below one stands below the other.
    moved = [
        Tile(f"{seen.method} at {place}, {within:.0%} of it in the crop", lines=crop.lines)
        for place, within, crop in zip(where, one.patches.within.tolist(), crops, strict=True)
    ]
    return [*crops, *moved]
