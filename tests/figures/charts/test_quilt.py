"""A quilt's tiles lie in their columns, and where a column has no more, nothing lies."""

from __future__ import annotations

import io
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image as Picture

from figures.charts import quilt as charts
from figures.methods import quilt
from figures.units import Unit
from tests.figures.unit_scans import unit_scan

SCAN = unit_scan(np.random.default_rng(0).normal(size=4000))
INNER = np.array([-0.5, 0.0, 3.4])
TITLES = ("<−0.5", "−0.5", "0", "≥3.4")
SIDE = 16


@pytest.fixture
def seen() -> quilt.Quilt:
    patches = quilt.draw(SCAN, INNER, 6)
    assert not patches.there[-1].all()
    return quilt.Quilt(Unit("mixed3a", 5), SCAN, True, False, INNER, patches, rows=3, pages=2)


def pictures(seen: quilt.Quilt) -> np.ndarray:
    """A picture of one grey for each patch: its number, far enough apart to survive the encoding."""
    greys = 8 * np.arange(1, seen.patches.there.sum() + 1, dtype=np.uint8)
    return np.broadcast_to(greys[:, None, None, None], (len(greys), SIDE, SIDE, 1))


def tiles(sheet) -> np.ndarray:
    """The middle of each tile, (tile, 4)."""
    pixels = np.asarray(Picture.open(io.BytesIO(sheet.image.data)).convert("RGBA"))
    places = [divmod(index, sheet.columns) for index in range(len(sheet.tiles))]
    half = sheet.tile_px // 2
    return np.array([pixels[row * sheet.tile_px + half, column * sheet.tile_px + half] for row, column in places])


def test_every_tile_stands_in_its_column_on_its_page(seen):
    sheets = charts.draw(seen, {"image": pictures(seen)}, TITLES, alt_text="A")
    numbers = np.where(seen.patches.there, np.cumsum(seen.patches.there).reshape(seen.patches.there.shape), 0)
    for page, sheet in enumerate(sheets):
        expected = numbers[:, 3 * page : 3 * page + 3].T.ravel()
        shown = tiles(sheet)
        assert np.abs(shown[expected > 0, 0].astype(int) - 8 * expected[expected > 0]).max() < 4
        assert (shown[expected == 0, 3] == 0).all()
        assert [tile.alt == "no image" for tile in sheet.tiles] == (expected == 0).tolist()
        assert (sheet.per_row, sheet.columns_titles, sheet.rule_before) == (4, TITLES, 2)
        assert sheet.image.alt == f"A, page {page + 1}"


def test_a_tile_says_which_image_it_is_and_how_strong(seen):
    (first, *_) = charts.draw(seen, {"image": pictures(seen), "attribution": pictures(seen)}, TITLES, alt_text="A")
    value = seen.patches.value[0, 0]
    assert first.tiles[0].alt == f"Image 0 of made-up:1, activation {value:.2f}"


def test_a_reader_chooses_among_pages_and_looks_where_there_are_several(seen):
    looks = {"image": pictures(seen), "attribution": pictures(seen)}
    turned = charts.controls(seen, looks)
    assert [(control.name, control.labels) for control in turned] == [
        ("look", ("image", "attribution")), ("page", ("1", "2"))
    ]  # fmt: skip
    shown = [dict(sheet.shown) for sheet in charts.draw(seen, looks, TITLES, alt_text="A")]
    assert shown == [{"look": look, "page": page} for page in "12" for look in looks]
    lone = replace(seen, rows=6, pages=1)
    assert charts.controls(lone, {"image": pictures(seen)}) == ()
    assert charts.draw(lone, {"image": pictures(seen)}, TITLES, alt_text="A")[0].shown == {}


def test_words_join_columns(seen):
    (sheet, _) = charts.draw(seen, {"image": pictures(seen)}, TITLES, ("silent < 0", "fires"), alt_text="A")
    assert sheet.brackets == ((0, 2, "silent"), (2, 2, "fires"))
