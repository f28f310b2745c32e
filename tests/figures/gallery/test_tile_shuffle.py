"""Shuffled tiles, on glyphs."""

from __future__ import annotations

import pytest

from figures.artifact import pack
from figures.gallery.tile_shuffle import tile_shuffle

SMALL = {"models": ("glyphs-bag-9",), "dataset": "glyphs:10"}


@pytest.mark.slow
def test_tiles_are_shuffled():
    made = tile_shuffle(tiles=(2,), rows=1, tile=32, **SMALL)
    assert pack(made)
    assert len(made.parts[1].tiles) == 2


def test_tiles_that_do_not_fit_are_told():
    with pytest.raises(ValueError, match="64 px in 3 equal parts"):
        tile_shuffle(tiles=(3,), **SMALL)
