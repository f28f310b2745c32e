"""The dictionary takes pictures of a data set and files, one layer or several."""

from __future__ import annotations

import pytest
from PIL import Image

from figures.artifact import pack
from figures.gallery.semantic_dictionary import draw

QUICK = {"model": "glyphs", "dataset": "glyphs:8", "steps": 1, "icons": 3}


@pytest.mark.slow
def test_a_file_is_looked_up_in_layers(tmp_path):
    Image.linear_gradient("L").convert("RGB").save(tmp_path / "mine.png")
    made = draw(image=tmp_path / "mine.png", layers=("mixed4b", "mixed4a"), channels=2, **QUICK)
    assert pack(made)
    assert [part.name for part in made.parts] == ["lens-mixed4b", "lens-mixed4a"]
    assert [len(part.sheet.tiles) for part in made.parts] == [3, 3]
    assert made.values["rows"] == 8
    assert len(made.table.columns) == 7


def test_a_head_is_no_layer_with_a_map():
    with pytest.raises(ValueError, match="shape is a head"):
        draw(image="3", layers=("shape",), **QUICK)
