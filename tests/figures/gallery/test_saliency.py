"""The figure of maps takes a class or a unit, and sets a control beneath."""

from __future__ import annotations

import pytest
from PIL import Image

from figures.artifact import pack
from figures.gallery.saliency import saliency

QUICK = {"model": "glyphs", "dataset": "glyphs:8", "steps": 4, "patch_px": 32}


@pytest.mark.slow
def test_a_picture_of_the_data_set_is_mapped_for_a_class():
    made = saliency(unit="shape:2", image="3", **QUICK)
    assert pack(made)
    assert [part.name for part in made.parts] == ["trained-maps", "control-maps", "curves"]
    assert len(made.table.rows) == 10
    assert made.values["deletion-gradient"] >= 0
    assert any(note.startswith("Control") for note in made.notes)


def test_a_file_is_mapped_by_one_method_for_a_unit_without_a_control(tmp_path):
    Image.linear_gradient("L").convert("RGB").save(tmp_path / "mine.png")
    made = saliency(
        unit="mixed3b:188@3,4", image=tmp_path / "mine.png", methods=("deconvolution",), control=False, **QUICK
    )
    assert pack(made)
    assert [part.name for part in made.parts] == ["trained-maps"]
    assert "row 3, column 4" in made.notes[0]


def test_a_method_that_there_is_not_gives_the_nearest():
    with pytest.raises(ValueError, match="did you mean 'guided'"):
        saliency(unit="shape:2", image="3", methods=("guide",), **QUICK)
