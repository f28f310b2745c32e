"""Draw feature visualizations on a sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from figures.artifact import Sprite, Tile
from figures.charts import labels, sprites

if TYPE_CHECKING:
    from figures.methods.feature_visualization.reached import Reached


def draw(seen: Reached, *, tile: int = 96, name: str = "units", alt_text: str) -> Sprite:
    """Draw the pictures of units, each above what it reached; several of one unit make a row."""
    count = seen.recipe.diversity
    short = labels.short(seen.units)
    tiles = [_tile(seen, unit, short[unit], variant) for unit in range(len(short)) for variant in range(count)]
    return sprites.sprite(
        seen.pictures, tiles, display_px=tile, per_row=count if count > 1 else 0, name=name, alt=alt_text,
        title=labels.heading(seen.units),
    )  # fmt: skip


def _tile(seen: Reached, index: int, short: str, variant: int) -> Tile:
    unit, label, of = seen.units[index], seen.classes[index], seen.recipe.diversity
    alt = f"Feature visualization of {unit} ({label})" if label else f"Feature visualization of {unit}"
    if variant:
        return Tile(f"{alt}, {variant + 1} of {of}", unit, (short, f"{variant + 1} of {of}"))
    return Tile(alt, unit, (label or short, "dead" if seen.portraits.dead[index] else _numbers(seen, index)))


def _numbers(seen: Reached, index: int) -> str:
    reached, best = float(seen.activation[index]), float(seen.best[index])
    return _short(reached) if np.isnan(best) else f"{_short(reached)} vs {_short(best)}"


def _short(number: float) -> str:
    """Write an activation with a decimal, or with two digits where that would say nothing."""
    return f"{number:.1f}" if abs(number) >= 0.1 or number == 0 else f"{number:.2g}"
