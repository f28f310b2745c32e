"""A patch is tried on glyphs of one shape, and what there is not is told by the nearest name."""

from __future__ import annotations

import pytest

from figures.artifact import pack
from figures.gallery.patch_test import patch_test

QUICK = {"model": "glyphs", "dataset": "glyphs:40", "layer": "mixed4b", "positions": 50, "controls": 1}


@pytest.mark.slow
def test_a_patch_is_tried_on_pictures_of_a_shape():
    made = patch_test(classes=("disc", "star"), images=("0", "1"), corners=("centre",), rows=1, **QUICK)
    assert pack(made)
    assert [part.name for part in made.parts] == ["patches", "pictures", "success"]
    assert len(made.parts[1].tiles) == 2
    assert (made.values["pictures"], made.values["places"]) == (2, 1)


def test_a_corner_that_there_is_not_gives_the_nearest():
    with pytest.raises(ValueError, match="did you mean 'upper-left'"):
        patch_test(classes=("disc", "star"), corners=("upperleft",), **QUICK)
