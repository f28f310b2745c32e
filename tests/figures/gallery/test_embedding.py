"""A map of glyphs is drawn whole, and what there is not is told by the nearest name."""

from __future__ import annotations

import pytest

from figures.artifact import pack
from figures.gallery.embedding import embedding

QUICK = {"model": "glyphs", "dataset": "glyphs:12", "layer": "conv2", "images": 12}


@pytest.mark.slow
def test_a_map_of_glyphs_is_packed_with_its_control():
    made = embedding(method="pca", colour="texture", **QUICK)
    assert pack(made)
    assert len(made.table.rows) == 12
    assert all(0 <= made.values[name] <= 1 for name in ("trustworthiness", "control_trustworthiness"))


@pytest.mark.parametrize(
    ("wrong", "words"),
    [({"colour": "textur"}, "did you mean 'texture'"), ({"layer": "conv3"}, "did you mean 'conv2'"),
     ({"dataset": "glyphs:8"}, "8 images that can be read; expected at least 12")],
)  # fmt: skip
def test_what_there_is_not_is_told(wrong, words):
    with pytest.raises(ValueError, match=words):
        embedding(**{**QUICK, **wrong})
