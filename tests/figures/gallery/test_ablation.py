"""The figure of units taken out takes units, a layer and its rule, a data set or one picture."""

from __future__ import annotations

import pytest
from PIL import Image

from figures.artifact import pack
from figures.gallery.ablation import ablation

QUICK = {"model": "glyphs", "dataset": "glyphs:12", "random": 3, "classes": 4}


@pytest.mark.slow
def test_units_are_pushed_over_a_picture_of_ones_own(tmp_path):
    Image.linear_gradient("L").convert("RGB").save(tmp_path / "mine.png")
    made = ablation(units=("mixed4b:3",), image=tmp_path / "mine.png", push=2.0, head="texture", **QUICK)
    assert pack(made)
    assert [part.name for part in made.parts] == ["ablation", "doses", "moved"]
    assert (made.values["images"], made.values["sets"]) == (1, 4)
    assert "mine.png" in made.alt


@pytest.mark.slow
def test_units_are_held_at_their_mean_over_a_data_set():
    made = ablation(units=("mixed4b:3", "mixed4b:17"), to="mean", change="accuracy", images=8, **QUICK)
    assert pack(made)
    assert len(made.table.rows) == 16
    assert made.values["images"] == 8


def test_without_units_or_a_layer_it_is_told():
    with pytest.raises(ValueError, match="expected units such as mixed3b:17, or a layer and a rule"):
        ablation(**QUICK)
