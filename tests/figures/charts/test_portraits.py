"""Each picture of a sheet stands above what it reached."""

from __future__ import annotations

import numpy as np

from figures.charts import portraits
from figures.methods.feature_visualization import Recipe
from tests.figures.reached import reached


def test_a_picture_stands_above_its_numbers_or_its_death() -> None:
    sheet = portraits.draw(reached(), alt_text="A")
    assert [tile.lines for tile in sheet.tiles] == [
        ("layer:0", "6.0 vs 4.0"), ("disc", "0.05 vs 0.1"), ("layer:2", "dead")
    ]  # fmt: skip
    assert [tile.unit for tile in sheet.tiles] == ["layer:0", "layer:1", "layer:2"]
    assert [tile.alt for tile in sheet.tiles][:2] == [
        "Feature visualization of layer:0", "Feature visualization of layer:1 (disc)"
    ]  # fmt: skip
    assert sheet.image.alt == "A"
    assert sheet.per_row == 0


def test_without_images_to_compare_only_what_was_reached_is_told() -> None:
    sheet = portraits.draw(reached(best=(np.nan,) * 3, dead=(False,) * 3), alt_text="A")
    assert [tile.lines[1] for tile in sheet.tiles] == ["6.0", "0.05", "-2.0"]


def test_pictures_of_one_unit_make_a_row() -> None:
    sheet = portraits.draw(reached(recipe=Recipe(diversity=2)), alt_text="A")
    assert (len(sheet.tiles), sheet.per_row) == (6, 2)
    assert [tile.unit for tile in sheet.tiles] == [f"layer:{unit}" for unit in (0, 0, 1, 1, 2, 2)]
    assert sheet.tiles[3].alt == "Feature visualization of layer:1 (disc), 2 of 2"
    assert sheet.tiles[3].lines == ("layer:1", "2 of 2")
