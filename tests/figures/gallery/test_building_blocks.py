"""Groups of a layer, and what they add to the classes that were asked for."""

from __future__ import annotations

import pytest

from figures.artifact import pack
from figures.gallery.building_blocks import draw

QUICK = {"model": "glyphs", "dataset": "glyphs:8", "steps": 1, "layer": "mixed4b"}


@pytest.mark.slow
def test_groups_are_drawn_and_told():
    made = draw(image="3", groups=2, classes=("disc", "star"), **QUICK)
    assert pack(made)
    assert made.table.columns == ("group", "explained", "channels", "disc", "star")
    assert len(made.table.rows) == 2 + 2
    total = made.values["adds-1-1"] + made.values["adds-2-1"] + made.values["rest-1"]
    assert total == pytest.approx(made.values["total-1"])


def test_a_picture_that_there_is_not_is_told():
    with pytest.raises(ValueError, match="glyphs:8 has images 0 to 7"):
        draw(image="9", **QUICK)
