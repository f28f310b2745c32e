"""The figure of named units shows counts and the units that name best."""

from __future__ import annotations

import pytest

from figures.artifact import pack
from figures.gallery.network_dissection import network_dissection

QUICK = {"model": "glyphs", "dataset": "glyphs:60", "images": 60, "families": ("form", "colour"), "count": 2}


@pytest.mark.slow
def test_units_are_counted_and_shown():
    made = network_dissection(layers=("conv2",), least=0.001, examples=1, **QUICK)
    assert pack(made)
    assert [part.name for part in made.parts][0] == "concepts"
    assert len(made.parts) == 2
    assert len(made.table.rows) == 3 * 48


def test_a_measure_that_does_not_suit_is_told():
    with pytest.raises(ValueError, match="expected measure auc"):
        network_dissection(layers=("texture",), measure="iou", **QUICK)
