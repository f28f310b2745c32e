"""Maps of the votes for classes, on glyphs."""

from __future__ import annotations

import pytest

from figures.artifact import pack
from figures.gallery.class_evidence import class_evidence

SMALL = {"models": ("glyphs-bag-9",)}


def test_each_likeliest_class_has_a_row():
    made = class_evidence(image="3", tile=32, **SMALL)
    assert pack(made)
    assert [part.title.split()[2] for part in made.parts] == ["shape", "texture"]


def test_a_class_that_there_is_not_gives_the_nearest():
    with pytest.raises(ValueError, match="did you mean 'star'"):
        class_evidence(classes=("stat",), **SMALL)
