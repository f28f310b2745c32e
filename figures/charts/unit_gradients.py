"""Draw pictures with what a unit sees in them, beside what of them moves the unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from figures.artifact import Sprite, Tile
from figures.charts import drawings, icons, patch_tiles, sprites, top_patches

if TYPE_CHECKING:
    from figures.methods.patches.top_patches import TopPatches
    from figures.methods.patches.unit_gradients import UnitGradient, UnitGradients


def draw(seen: UnitGradients, best: TopPatches | None = None, *, tile: int = 156) -> tuple[Sprite, ...]:
    """Draw a block of whole pictures and a block of windows for each unit in each picture, gradients after crops.

    Of a unit that sees all of a picture there is only the first. The `best` crops of a unit stand below its pictures,
    half as large.

    `tile` is the side of a picture on the page in pixels.
    """
    rows = [_row(seen, one, index, tile) for index, one in enumerate(seen.several)]
    sheets = dict(zip(seen.channels, top_patches.draw(best, tile=tile // 2), strict=True)) if best else {}
    channels = [one.unit.partition("@")[0] for one in seen.several]
    parts = []
    for row, channel, following in zip(rows, channels, [*channels[1:], ""], strict=True):
        parts += [row, sheets[channel]] if best and channel != following else [row]
    return tuple(parts)


def _row(seen: UnitGradients, one: UnitGradient, index: int, tile: int) -> Sprite:
    picture, side = patch_tiles.opaque(icons.pixels(one.picture[None])[0]), 2 * tile
    gradients = [one.greyed(i) for i in range(len(seen.methods))]
    wholes = [patch_tiles.marked(picture, one.window.rows, one.window.columns, side)]
    wholes += [patch_tiles.opaque(patch_tiles.shrunk(each, side)) for each in gradients]
    both = (picture, *map(patch_tiles.opaque, gradients))
    crops = [] if one.sees_all else [drawings.enlarged(one.window.squared(each), side) for each in both]
    return sprites.sprite(
        [np.ascontiguousarray(each) for each in (*wholes, *crops)], _tiles(seen, one), display_px=tile,
        block=1 + len(seen.methods), name=f"gradients-{index}", title=_title(one), alt=_title(one),
    )  # fmt: skip


def _title(one: UnitGradient) -> str:
    unit = f"{one.unit} ({one.label})" if one.label else one.unit
    where = "" if one.is_class else f", at row {one.place[0]}, column {one.place[1]}"
    inactive = ", inactive" if one.is_inactive else ""
    return f"{unit} in {one.word}{where}: {one.value:.2f}{inactive}"


def _tiles(seen: UnitGradients, one: UnitGradient) -> list[Tile]:
    seeing = f"what {one.unit} sees"
    whole = [Tile(f"{one.word}, with {seeing} framed", "", ("picture",))]
    whole += [Tile(f"{method} of {one.unit} in {one.word}", "", (method,)) for method in seen.methods]
    crop = [Tile(f"Of {one.word}, {seeing}", "", ("what it sees",))]
    crop += [Tile(f"{method} of {one.unit}, {seeing} of it", "", (method,)) for method in seen.methods]
    return whole if one.sees_all else [*whole, *crop]
