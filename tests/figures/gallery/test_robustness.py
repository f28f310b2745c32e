"""Two networks, two corruptions, a few pictures: panels, rows of pictures, numbers."""

from __future__ import annotations

import pytest

from figures.artifact import pack
from figures.gallery.robustness import robustness

QUICK = {"dataset": "glyphs:40", "images": 6, "corruption": ("contrast", "blur"), "blur_px": (2.0,), "contrast": (0.2,)}


def test_networks_fall_as_pictures_become_harder():
    made = robustness(**QUICK)
    assert pack(made)
    assert [part.name for part in made.parts] == ["robustness", "pictures-contrast", "pictures-blur"]
    assert len(made.table.rows) == 2 * 2 * 2
    assert {"clean_glyphs-shape", "half_blur_glyphs-texture"} <= set(made.values)


def test_a_head_that_there_is_not_gives_the_nearest():
    with pytest.raises(ValueError, match="did you mean 'shape'"):
        robustness(head="shap", **QUICK)
