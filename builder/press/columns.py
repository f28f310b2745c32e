"""The columns of a page, and what fits into them; widths are CSS pixels, as in `templates/static/layout.css`."""

from __future__ import annotations

from collections.abc import Sequence

from builder.engine.artifacts import KeptPart, SpritePart

COLUMNS_PX = {"text": 664, "body": 776, "page": 1080}
GAP_PX = 4
CAPTION_PX = 216 + 40
"""The least width of a caption beside its figure, with the space between."""


def even_columns(count: int, tile_px: int, column: str) -> int:
    """Say how many tiles to a row make full rows in a column, near the size asked for; 0 where none does."""
    width = COLUMNS_PX.get(column, 0)
    for columns in range(int(1.18 * width / tile_px), 1, -1):
        side = (width + GAP_PX) / columns - GAP_PX
        if count % columns == 0 and 0.84 <= side / tile_px <= 1.5:
            return columns
    return 0


def leaves_room(parts: Sequence[KeptPart], column: str) -> bool:
    """Say whether a figure is so much narrower than its column that its caption can stand beside it.

    In the column of the text it always can: the margin is beside it.
    """
    if column not in ("body", "page"):
        return False
    widths = [part.width_px(GAP_PX) for part in parts]
    alone = len(parts) == 1 or all(isinstance(part, SpritePart) for part in parts)
    return alone and all(0 < width <= COLUMNS_PX[column] - CAPTION_PX for width in widths)
