"""Images stand in a row above their activations, what a unit does not see faded."""

from __future__ import annotations

import io
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image as Picture

from figures.charts import examples as charts
from figures.methods.examples import Examples
from figures.units import Unit
from tests.figures.unit_scans import unit_scan

SCAN = unit_scan(np.array([3.0, -1.0, 2.0, 0.5]), samples=2)


@pytest.fixture
def seen() -> Examples:
    white = np.full((2, 32, 32, 3), 255, np.uint8)
    return Examples(Unit("mixed3b.pre", 7), True, SCAN, SCAN.top, white)


def test_each_image_stands_above_its_activation(seen):
    row = charts.draw(seen, tile=16, alt_text="A")
    assert [tile.lines for tile in row.tiles] == [("3.0",), ("2.0",)]
    assert row.tiles[0].alt == "Image 0 of made-up:1, activation 3.0"
    assert {tile.unit for tile in row.tiles} == {row.title} == {"mixed3b.pre:7"}
    assert (row.per_row, row.image.alt) == (2, "A")


def test_a_row_is_named_after_its_unit_or_as_asked(seen):
    assert charts.draw(seen, alt_text="A").name == "examples-mixed3b-pre-7"
    lowered = replace(seen, unit=Unit("mixed3b.pre", 7, negative=True))
    assert charts.draw(lowered, alt_text="A").name == "examples-mixed3b-pre-7-lowered"
    assert charts.draw(lowered, name="mine", alt_text="A").name == "mine"


def test_of_whole_images_what_is_not_seen_is_faded(seen):
    window = (np.array([0, 16]), np.array([0, 16]), 16)
    sheet = charts.draw(replace(seen, window=window), tile=16, alt_text="A")
    pixels = np.asarray(Picture.open(io.BytesIO(sheet.image.data)).convert("L")).astype(int)
    first, second = pixels[:, :32], pixels[:, 32:]
    assert first[4, 4] > 245 > 200 > first[28, 28]
    assert second[28, 28] > 245 > 200 > second[4, 4]
