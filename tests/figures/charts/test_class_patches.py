"""Patches in rows, one for each class."""

from __future__ import annotations

from figures.charts import class_patches
from tests.figures import evidence_records as records


def test_patches_tell_their_vote_and_whether_their_image_is_of_the_class():
    (row,) = class_patches.draw(records.informative(), tile=16)
    assert row.title == "star"
    assert [tile.lines for tile in row.tiles] == [("2.0 ✓",), ("1.5 ✗",)]
