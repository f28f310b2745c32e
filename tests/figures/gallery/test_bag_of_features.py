"""Accuracy by patch, with maps of one picture, on glyphs."""

from __future__ import annotations

import pytest

from figures.artifact import pack
from figures.gallery.bag_of_features import bag_of_features


@pytest.mark.slow
def test_patches_are_counted_and_mapped():
    made = bag_of_features(models=("glyphs-bag-9",), dataset="glyphs:20", classes=("star",), tile=32)
    assert pack(made)
    assert [part.name for part in made.parts] == ["accuracy", "evidence-0"]
    assert made.values["field-glyphs-bag-9"] == 9
