"""The picture as it is stands before what it becomes."""

from __future__ import annotations

from figures.charts import accents
from tests.figures.accented import accented


def test_each_unit_stands_above_its_answers_before_and_after() -> None:
    sheet = accents.draw(accented(), alt_text="A")
    assert [tile.lines for tile in sheet.tiles] == [("as it is", ""), ("conv:3", "1.0 → 3.0"), ("cat", "0.5 → 2.5")]
    assert [tile.unit for tile in sheet.tiles] == ["", "conv:3", "head:1"]
    assert sheet.tiles[2].alt == "cat.jpg, accentuated for head:1 (cat)"
    assert sheet.image.alt == "A"
