"""What is known of images becomes concepts."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from figures.methods import datasets
from figures.methods.datasets.held import Held
from figures.methods.dissection import concepts, regions

GLYPHS, SOME = datasets.load("glyphs:60"), np.arange(60)
HELD = Held("some", torch.zeros(4, 3, 8, 8), tuple("abcd"), ("cat", "dog", "cat", ""))


def test_every_drawing_has_one_shape_one_size_one_form_and_one_ground():
    for family in ("shape", "size", "form", "ground"):
        assert (concepts.of(GLYPHS, SOME, (family,)).of_images().sum(axis=1) == 1).all()


def test_a_texture_may_stand_behind_as_well():
    made = concepts.of(GLYPHS, SOME, ("texture",))
    assert set(made.of_images().sum(axis=1).tolist()) == {1, 2}
    places = {regions.REGIONS[number] for number in made.term_region[made.term_concept == 3]}
    assert places == {"figure", "ground"}


def test_labels_are_concepts_and_an_empty_one_is_none():
    made = concepts.of(HELD, np.arange(4), ("label",))
    assert made.names == ("cat", "dog")
    assert made.of_images().T.tolist() == [[True, False, True, False], [False, True, False, False]]


def test_by_masks_colours_and_edges_are_known_of_every_image():
    assert concepts.families(HELD, np.arange(4), (), masked=True) == ("label", "colour", "edge")
    assert concepts.families(HELD, np.arange(4), (), masked=False) == ("label",)
    assert "figure" in concepts.families(GLYPHS, SOME, (), masked=True)


def test_what_is_not_known_of_images_is_told():
    with pytest.raises(ValueError, match="did you mean 'shape'"):
        concepts.families(GLYPHS, SOME, ("shap",), masked=True)
    with pytest.raises(ValueError, match="have no labels; expected a data set with labels, or measure iou"):
        concepts.families(Held("bare", torch.zeros(1, 3, 8, 8), ("a",)), np.arange(1), (), masked=False)
