"""The columns of a page, and what fits into them; widths are CSS pixels, as in `templates/static/layout.css`."""

from __future__ import annotations

from collections.abc import Sequence

from builder.engine.artifacts import KeptPart, SpritePart

COLUMNS_PX = {"text": 664, "body": 776, "page": 1080}
GAP_PX = 4
PHONE_TILE_PX = 72
SMALL_PX = 560
"""What is no wider stands in the column of the text with its caption right beside it, and not in the margin."""
CAPTION_PX = 216 + 40
"""The least width of a caption beside its figure, with the space between."""
PHONE_PX = 350
"""The width of a page on a phone."""


def phone_columns(count: int, tile_px: int) -> int:
    """Say how many tiles stand in a row on a phone: as many as have room, or so many that the last is not left alone.

    Tiles are then hardly smaller than they are elsewhere, or than 72 px.
    """
    side = min(tile_px, PHONE_TILE_PX)
    most = max(int((PHONE_PX + GAP_PX) / (side + GAP_PX)), 2)
    if count <= most:
        return max(count, 2)
    near = [columns for columns in (most, most - 1, most + 1) if columns > 1]
    even = (columns for columns in near if count % columns == 0)
    return next(even, 0) or max(near, key=lambda columns: count % columns > 1)


def even_columns(count: int, tile_px: int, column: str) -> int:
    """Say how many tiles to a row make full rows in a column, near the size asked for; 0 where none does."""
    width = COLUMNS_PX.get(column, 0)
    for columns in range(int(1.18 * width / tile_px), 1, -1):
        side = (width + GAP_PX) / columns - GAP_PX
        if count % columns == 0 and 0.84 <= side / tile_px <= 1.5:
            return columns
    return 0


def row_of(part: SpritePart, column: str) -> int:
    """Say how many tiles stand in a row of their own size: as many as asked for, or all that there are if they are few.

    0 where as many as fit stand in a row.
    """
    across = len(part.tiles) * (part.display_px + GAP_PX)
    few = column == "text" and not part.block and across <= SMALL_PX
    return part.per_row or (len(part.tiles) if few else 0)


def leaves_room(parts: Sequence[KeptPart], column: str) -> bool:
    """Say whether a figure is so much narrower than its column that its caption can stand beside it.

    The column of the text has the margin beside it.
    """
    if column not in COLUMNS_PX:
        return False
    alone = len(parts) == 1 or all(isinstance(part, SpritePart) for part in parts)
    return alone and all(0 < _width(part, column) <= _most(column) for part in parts)


def _most(column: str) -> int:
    return SMALL_PX if column == "text" else COLUMNS_PX[column] - CAPTION_PX


def _width(part: KeptPart, column: str) -> int:
    if isinstance(part, SpritePart) and not part.block:
        return row_of(part, column) * (part.display_px + GAP_PX)
    return part.width_px(GAP_PX)
