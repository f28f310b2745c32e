"""Draw units of a network by depth: a row for each layer, of each unit what was made for it and what it answers to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from figures.artifact import Sprite, Tile
from figures.charts import drawings, patch_tiles, sprites

if TYPE_CHECKING:
    from figures.methods.patches.hierarchy import Hierarchy, Level


def draw(seen: Hierarchy, *, tile: int = 100) -> tuple[Sprite, ...]:
    """Draw a row of blocks for each layer, a block for each unit; `tile` is the side of a picture on the page in px."""
    return tuple(_row(seen, level, tile) for level in seen.levels)


def _row(seen: Hierarchy, level: Level, tile: int) -> Sprite:
    shown = [(kind, unit) for unit in range(len(level.units)) for kind in seen.wish.kinds]
    title = f"{level.layer}: sees {level.sees}"
    return sprites.sprite(
        [_picture(level, kind, unit, 2 * tile, seen.wish.count) for kind, unit in shown],
        [_tile(seen, level, kind, unit) for kind, unit in shown], display_px=tile, block=len(seen.wish.kinds),
        name=f"level-{level.layer.replace('.', '-')}", title=title, alt=title,
    )  # fmt: skip


def _picture(level: Level, kind: str, unit: int, side: int, count: int) -> np.ndarray:
    if kind == "visualization" and level.portraits is not None:
        return drawings.enlarged(patch_tiles.opaque(level.portraits.portraits.images[unit]), side)
    if kind == "crops":
        return patch_tiles.montage(list(level.crops[unit].pictures), side, least=count)
    return patch_tiles.montage(list(level.patches[unit].images), side, least=count, resample=patch_tiles.shrunk)


def _tile(seen: Hierarchy, level: Level, kind: str, index: int) -> Tile:
    unit, label = level.units[index], level.labels[index]
    called = f"{unit} ({label})" if label else unit
    if kind == "visualization":
        return Tile(f"Feature visualization of {called}", unit, (label or unit,))
    first = (label or unit,) if kind == seen.wish.kinds[0] else ()
    if kind == "crops":
        best = level.crops[index].positions.value
        words = f"{len(best)} crops that drive {called} most, from {best[0]:.2f} to {best[-1]:.2f}"
        return Tile(words, unit, (*first, f"{best[0]:.2g} to {best[-1]:.2g}"))
    return Tile(f"What of its crops moves {called}: {seen.wish.method}", unit, (*first, seen.wish.method))
