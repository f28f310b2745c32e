"""The atlas of a class is a mosaic, and says how few places speak for it."""

from __future__ import annotations

import pytest

from figures.artifact import pack
from figures.gallery.class_atlas import class_atlas

QUICK = {"model": "glyphs", "dataset": "glyphs:20", "positions": 100, "grids": (4,), "layout": "pca", "icons": "crops"}


@pytest.mark.slow
def test_a_class_is_drawn():
    made = class_atlas(layer="mixed4b", label="wave", largest=20, **QUICK)
    assert pack(made)
    assert made.values["class"] == "wave"
    assert made.values["answered"] <= made.values["positions"] <= 100


@pytest.mark.slow
def test_too_few_places_are_told():
    with pytest.raises(ValueError, match="expected at least 8: more positions"):
        class_atlas(layer="mixed4b", label="star", **{**QUICK, "largest": 0, "positions": 8})
