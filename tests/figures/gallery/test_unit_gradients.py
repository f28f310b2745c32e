"""The figure of gradients takes pictures of the data set and files, for units anywhere."""

from __future__ import annotations

import pytest
from PIL import Image

from figures.artifact import pack
from figures.gallery.unit_gradients import unit_gradients

QUICK = {"model": "glyphs", "dataset": "glyphs:8"}


def test_units_are_shown_in_a_picture_of_the_data_set_and_in_a_file(tmp_path):
    Image.linear_gradient("L").convert("RGB").save(tmp_path / "mine.png")
    made = unit_gradients(units=("conv2:3@2,5", "shape:1"), images=("3", tmp_path / "mine.png"), **QUICK)
    assert pack(made)
    assert [part.name for part in made.parts] == [f"gradients-{index}" for index in range(4)]
    assert len(made.table.rows) == 4
    assert "row 2, column 5" in made.parts[0].title


def test_the_best_crops_of_a_unit_stand_below_its_pictures():
    made = unit_gradients(units=("conv2:3@2,5", "conv2:4"), images=("3", "5"), patches=2, **QUICK)
    names = [part.name for part in made.parts]
    assert names == ["gradients-0", "gradients-1", "patches-0", "gradients-2", "gradients-3", "patches-1"]
    assert made.parts[2].title.startswith("conv2:3: what it answers to most")
    assert "Below, the crops of glyphs:8 that drive a unit most" in made.notes[1]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [({"methods": ("guide",)}, "did you mean 'guided'"), ({"images": ()}, "images: nothing given"),
     ({"images": ("99",)}, "glyphs:8 has images 0 to 7"), ({"units": ("conv2:99",)}, "has units 0 to 47")],
)  # fmt: skip
def test_what_there_is_not_is_told(wrong, message):
    with pytest.raises(ValueError, match=message):
        unit_gradients(**{"units": ("conv2:3",), "images": ("3",), **QUICK, **wrong})
