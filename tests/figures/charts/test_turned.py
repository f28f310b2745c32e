"""One image in a row, as it turns."""

import sys
from pathlib import Path

from figures.charts import turned

sys.path.insert(0, str(Path(__file__).parents[1]))

import family_records as records


def test_every_angle_has_a_tile_with_what_the_unit_answers() -> None:
    sprite = turned.draw(records.joint_tuning().turning)
    assert sprite.per_row == len(sprite.tiles) == 4
    assert [tile.lines for tile in sprite.tiles] == [("0°", "1.0"), ("90°", "−2.0"), ("180°", "0.5"), ("270°", "3.0")]
    assert sprite.tiles[1].alt == "Image 7 of glyphs:24 turned by 90 degrees, activation -2.0"
    assert sprite.image.alt == "Image 7 of glyphs:24 as it turns"
