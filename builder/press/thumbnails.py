"""Small copies of sheets of tiles, for title blocks and lists: a page's first view is to be light."""

from __future__ import annotations

import hashlib
import io
import math
from pathlib import Path

from builder.cache import cached

TILE_PX = 128
"""The side of a tile in a small copy; title blocks show none larger."""
TILES = 16
"""So many tiles of a sheet does a title block show at most: the rows that hold these are copied."""
_QUALITY, _EFFORT = 72, 4


def rows(width: int, height: int, tile_px: int) -> int:
    """Count the rows of a sheet that a small copy has."""
    return min(height // tile_px, math.ceil(TILES / (width // tile_px)))


def small(cache: Path, sheet: bytes, tile_px: int) -> bytes:
    """Scale the first rows of a sheet of square tiles down, so that no tile bleeds into another; kept in `cache`."""
    key = hashlib.sha256(sheet + f" {tile_px} {TILE_PX} {TILES} {_QUALITY} {_EFFORT}".encode()).hexdigest()[:32]
    return cached(cache / key, lambda: _scaled(sheet, tile_px))


def _scaled(sheet: bytes, tile_px: int) -> bytes:
    from PIL import Image

    whole, side = Image.open(io.BytesIO(sheet)).convert("RGB"), min(tile_px, TILE_PX)
    columns, count = whole.width // tile_px, rows(*whole.size, tile_px)
    copy = Image.new("RGB", (columns * side, count * side))
    for row in range(count):
        for column in range(columns):
            box = (column * tile_px, row * tile_px, (column + 1) * tile_px, (row + 1) * tile_px)
            tile = whole.resize((side, side), Image.Resampling.LANCZOS, box=box)
            copy.paste(tile, (column * side, row * side))
    out = io.BytesIO()
    copy.save(out, "WEBP", quality=_QUALITY, method=_EFFORT)
    return out.getvalue()
