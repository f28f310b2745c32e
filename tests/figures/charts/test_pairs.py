"""Crops stand in a row, each above what moves the unit in it."""

from figures.artifact import Artifact, Table, pack
from figures.charts import pairs
from tests.figures.explained import explained


def test_each_crop_stands_above_its_attribution():
    crops, moved = pairs.draw(explained(), tile=40)
    assert (crops.name, moved.name) == ("crops", "attribution")
    assert crops.per_row == moved.per_row == len(crops.tiles) == len(moved.tiles) == 2
    assert crops.display_px == moved.display_px == 40
    assert [tile.lines for tile in crops.tiles] == [("2.50",), ("0.25",)]
    assert [tile.lines for tile in moved.tiles] == [("2.00",), ("0.00",)]
    assert crops.tiles[0].alt == "Crop of image 7 of glyphs:9 at row 4, column 5, activation 2.50"
    assert moved.tiles[1].alt.startswith("Attribution for image 2 of glyphs:9 at row 0, column 15")
    assert crops.title == "What mixed3b:188 sees, and its activation"
    assert moved.title == "What of it moves the unit, and the sum over mixed3a"


def test_small_crops_are_enlarged_to_what_is_shown():
    crops, moved = pairs.draw(explained(), tile=40)
    assert crops.tile_px == 80
    assert moved.tile_px == 12
    assert pack(Artifact("two crops", (crops, moved), Table(("a",), ((1,),))))
