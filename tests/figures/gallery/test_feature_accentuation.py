"""The figure of an accentuated picture takes a file or an image of the data set."""

from __future__ import annotations

import pytest
from PIL import Image

from figures.gallery.feature_accentuation import feature_accentuation


@pytest.mark.slow
def test_a_file_beside_the_article_is_changed_for_each_unit(tmp_path):
    Image.linear_gradient("L").convert("RGB").save(tmp_path / "mine.png")
    made = feature_accentuation(
        units=("mixed3b:188", "shape:2"), image=tmp_path / "mine.png", model="glyphs", dataset="glyphs:8", steps=3
    )
    assert [tile.unit for tile in made.parts[0].tiles] == ["", "mixed3b:188", "shape:2"]
    assert made.alt.startswith("The picture mine.png, and what it becomes")
