"""What is said of an atlas: how many positions, which, what was left out."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from figures.methods.atlas.atlas import Wish
from figures.words.atlas import atlas as words
from tests.figures.atlases import atlas


def test_notes_say_how_many_vectors_from_where_and_what_is_left_out():
    said = words(atlas())
    text = " ".join(said.notes)
    assert "60 activation vectors of mid after its rectifier: one position of each of 60 images of made-up" in text
    assert "none at an edge of the map" in text
    assert "0% of 3 × 3" in text
    assert "40% of positions; by chance it would at 34.0%" in text


def test_values_count_positions_cells_and_labels():
    seen = atlas()
    values = words(seen).values
    assert values["positions"] == values["sampled"] == 60
    assert values["cells"] == sum(len(grid.cells) for grid in seen.grids)
    assert values["dropped"] == 0


def test_an_atlas_of_a_class_says_whose_and_how_many_answered():
    seen = atlas(about=2, answered=9, chosen=np.arange(20))
    said = words(seen)
    assert "20 positions that speak for espresso" in said.alt
    assert said.values["class"] == "espresso"
    assert "20 of 60 positions: the 9 that add more to espresso than" in said.notes[0]


def test_what_is_not_known_is_not_told():
    seen = atlas(purity=math.nan, rectified=False, wish=replace(Wish(), look="crops", layout="pca"))
    text = " ".join(words(seen).notes)
    assert "nearest neighbour" not in text
    assert "as it leaves the layer" in text
    assert "laid out by principal components, seed 0" in text
    assert "A picture is the crop" in text
