"""Small copies of sheets of tiles, for title blocks and lists: a page's first view is to be light."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

from builder.cache import cached

TILE_PX = 128
"""The side of a tile in a small copy; title blocks show none larger."""
_QUALITY, _EFFORT = 72, 4


def small(cache: Path, sheet: bytes, tile_px: int) -> bytes:
    """Scale a sheet of square tiles down, tile by tile so that none bleeds into another; kept in `cache`."""
    key = hashlib.sha256(sheet + f" {tile_px} {TILE_PX} {_QUALITY} {_EFFORT}".encode()).hexdigest()[:32]
    return cached(cache / key, lambda: _scaled(sheet, tile_px))


def _scaled(sheet: bytes, tile_px: int) -> bytes:
    from PIL import Image

    whole = Image.open(io.BytesIO(sheet)).convert("RGB")
    columns, rows = whole.width // tile_px, whole.height // tile_px
    copy = Image.new("RGB", (columns * TILE_PX, rows * TILE_PX))
    for row in range(rows):
        for column in range(columns):
            box = (column * tile_px, row * tile_px, (column + 1) * tile_px, (row + 1) * tile_px)
            tile = whole.resize((TILE_PX, TILE_PX), Image.Resampling.LANCZOS, box=box)
            copy.paste(tile, (column * TILE_PX, row * TILE_PX))
    out = io.BytesIO()
    copy.save(out, "WEBP", quality=_QUALITY, method=_EFFORT)
    return out.getvalue()
