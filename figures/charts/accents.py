"""Draw a picture beside what it becomes for each of some units."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from figures.artifact import Sprite, Tile
from figures.charts import labels, sprites

if TYPE_CHECKING:
    from figures.methods.feature_visualization.accented_picture import AccentedPicture


def draw(seen: AccentedPicture, *, tile: int = 160, name: str = "accents", alt_text: str) -> Sprite:
    """Draw the picture as it is, and then once for each unit, above the unit's answers before and after."""
    own = np.moveaxis(np.round(255 * seen.picture).astype(np.uint8), 0, -1)
    original = own if own.shape[-1] == 3 else np.repeat(own[..., :1], 3, axis=-1)
    short = labels.short(seen.units)
    tiles = [Tile(f"{seen.word}, as it is", "", ("as it is", "")), *(_tile(seen, i, s) for i, s in enumerate(short))]
    return sprites.sprite(
        [original, *seen.accented.images], tiles, display_px=tile, name=name, alt=alt_text,
        title=labels.heading(seen.units),
    )  # fmt: skip


def _tile(seen: AccentedPicture, index: int, short: str) -> Tile:
    unit, label, of = seen.units[index], seen.classes[index], seen.accented
    named = f"{unit} ({label})" if label else unit
    numbers = f"{of.before[index]:.1f} → {of.after[index]:.1f}"
    return Tile(f"{seen.word}, accentuated for {named}", unit, (label or short, numbers))
