"""Pictures of data sets are known by name without opening any."""

from __future__ import annotations

from pathlib import Path

import pytest

from figures.glyphs import dataset as glyphs
from figures.manifests import asked
from figures.specs import DataSpec


def test_the_words_of_drawings_are_those_that_are_drawn() -> None:
    assert (asked.SHAPES, asked.TEXTURES) == (glyphs.SHAPES, glyphs.TEXTURES)


def test_squares_are_asked_for_by_their_name_and_by_their_picture() -> None:
    known = asked.pictures(DataSpec("photographs", "photographs"))
    assert {"coffee", "chelsea/150x150+60+75"} <= known.keys()


def test_a_strange_name_is_refused_with_the_nearest_and_what_may_be_drawn_is_not() -> None:
    known = asked.pictures(DataSpec("glyphs:6", "glyphs"))
    with pytest.raises(ValueError, match="glyphs:6 has no image 'sprial'; did you mean 'spiral'"):
        asked.check("sprial", "glyphs:6", known)
    asked.check("spiral", "photographs", {"coffee": None})
    asked.check("99", "photographs", {"coffee": None})


def test_nothing_is_refused_where_only_opening_it_tells() -> None:
    known = asked.pictures(DataSpec("cats", "huggingface", Path("cats")))
    asked.check("anything", "cats", known)
