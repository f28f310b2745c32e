"""The figure of depth draws what is asked for of each layer."""

from __future__ import annotations

import pytest

from figures.artifact import pack
from figures.gallery.feature_hierarchy import feature_hierarchy

QUICK = {"model": "glyphs", "dataset": "glyphs:8", "count": 2, "units_per_layer": 2}


@pytest.mark.slow
def test_every_layer_has_a_row_with_all_that_is_known_of_its_units():
    made = feature_hierarchy(layers=("conv2", "conv1"), steps=1, **QUICK)
    assert pack(made)
    assert [part.name for part in made.parts] == ["level-conv1", "level-conv2"]
    assert [len(part.tiles) for part in made.parts] == [6, 6]
    assert made.values == {"layers": 2, "units": 4}


def test_crops_can_stand_alone():
    made = feature_hierarchy(layers=("conv1",), show=("crops",), **QUICK)
    assert [len(part.tiles) for part in made.parts] == [2]
    assert [row[0] for row in made.table.rows] == ["conv1", "conv1"]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [({"layers": ("conv9",)}, "glyphs has no layer 'conv9'; did you mean"), ({"show": ("crop",)}, "did you mean 'crops'")],
)  # fmt: skip
def test_what_there_is_not_is_told(wrong, message):
    with pytest.raises(ValueError, match=message):
        feature_hierarchy(**{**QUICK, **wrong})
