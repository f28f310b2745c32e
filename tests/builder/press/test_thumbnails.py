"""Small copies of sheets: tile by tile, and made once."""

from __future__ import annotations

import io

from PIL import Image

from builder.press import thumbnails

COLOURS = [(200, 30, 30), (30, 160, 30), (30, 30, 200), (220, 220, 220)]


def sheet(side: int = 256) -> bytes:
    whole = Image.new("RGB", (2 * side, 2 * side))
    for i, colour in enumerate(COLOURS):
        whole.paste(colour, (i % 2 * side, i // 2 * side, (i % 2 + 1) * side, (i // 2 + 1) * side))
    out = io.BytesIO()
    whole.save(out, "WEBP", lossless=True)
    return out.getvalue()


def test_tiles_keep_their_places_and_do_not_bleed(tmp_path):
    copy = Image.open(io.BytesIO(thumbnails.small(tmp_path, sheet(), 256)))
    side = thumbnails.TILE_PX
    assert copy.size == (2 * side, 2 * side)
    for i, colour in enumerate(COLOURS):
        seen = copy.getpixel((i % 2 * side + side // 2, i // 2 * side + side // 2))
        assert max(abs(a - b) for a, b in zip(seen, colour, strict=True)) < 12


def test_only_the_rows_that_a_title_block_shows_are_copied(tmp_path):
    whole = Image.new("RGB", (17 * 8, 17 * 8), COLOURS[0])
    whole.paste(COLOURS[1], (0, 8, 17 * 8, 17 * 8))
    out = io.BytesIO()
    whole.save(out, "WEBP", lossless=True)
    copy = Image.open(io.BytesIO(thumbnails.small(tmp_path, out.getvalue(), 8)))
    assert copy.size == (17 * 8, 8 * thumbnails.rows(17 * 8, 17 * 8, 8)) == (17 * 8, 8)
    assert max(abs(a - b) for a, b in zip(copy.getpixel((40, 4)), COLOURS[0], strict=True)) < 12
    assert thumbnails.rows(4 * 8, 17 * 8, 8) == 4


def test_a_copy_is_made_once(tmp_path, monkeypatch):
    first = thumbnails.small(tmp_path, sheet(), 256)
    monkeypatch.setattr(thumbnails, "_scaled", None)
    assert thumbnails.small(tmp_path, sheet(), 256) == first
