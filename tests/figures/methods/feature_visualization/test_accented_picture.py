"""A table tells of each unit where it is raised, and what it answered before and after."""

from __future__ import annotations

import pytest

from figures.methods import datasets, models
from figures.methods.feature_visualization import accented_picture
from tests.figures.accented import accented

WISH = {"objective": "neuron", "keep": 1.0, "keep_layer": "", "steps": 1, "seed": 0}


def test_a_table_leaves_out_the_place_of_a_whole_channel():
    columns = accented().columns()
    assert columns["row"] == [3, ""]
    assert columns["column"] == [4, ""]
    assert list(columns["changed at early"]) == [0.1, 0.25]


def test_a_picture_of_the_data_set_is_asked_for_by_number():
    model, data = models.load("glyphs"), datasets.load("glyphs:8")
    seen = accented_picture.of(model, data, "3", ("mixed3b:17", "shape:2-"), **WISH)
    assert seen.word == f"image 3 of {data.name}"
    assert seen.lowered == (False, True)
    assert seen.classes[1] == model.heads["shape"][2]
    with pytest.raises(ValueError, match="conv2"):
        accented_picture.of(model, data, "3", ("mixed3b:17",), **{**WISH, "keep_layer": "conv22"})
