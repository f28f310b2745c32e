"""What is said of explained crops is what the record holds."""

from types import SimpleNamespace

import numpy as np
import pytest

from figures.methods.labelled_crops import LabelledCrops
from figures.words import attribution as words
from figures.words import labels as label_words
from tests.figures.explained import explained


def test_activations_and_what_moves_the_unit_are_quoted():
    said = words.attribution(explained(), "strongest")
    assert (said.values["unit"], said.values["layer"], said.values["count"]) == ("mixed3b:188", "mixed3a", 2)
    assert (said.values["strongest"], said.values["weakest"], said.values["largest_share"]) == (2.5, 0.25, 0.2)
    assert said.values["mean_held_back"] == pytest.approx((1 / 4 + 2 / 4) / 2)
    assert said.values["empty"] == 0
    assert said.alt == (
        "2 crops with the strongest answers, of glyphs:9, for mixed3b:188 of glyphs, each above a picture of what in "
        "mixed3a moves the unit there. Activations go from 0.25 to 2.50; on average 38% of what moves the unit holds "
        "it back, and no channel makes up more than 20%."
    )
    assert said.notes == (words.NOTE.format(layer="mixed3a"),)


@pytest.mark.parametrize(("chosen", "start"), [
    ("firing", "2 crops drawn at random among those that the unit fires for"),
    ("random", "2 crops drawn at random, of"),
    ("images", "2 images that were asked for"),
    ("same", "2 same crops"),
])  # fmt: skip
def test_how_crops_were_chosen_is_said(chosen, start):
    assert words.attribution(explained(), chosen).alt.startswith(start)


def test_hues_empty_pictures_and_unreadable_images_are_said():
    said = words.attribution(explained(signed=True, empty=True), "strongest")
    assert "greens" in said.alt
    assert words.SIGNED in said.notes
    assert said.values["empty"] == 1
    assert said.values["mean_held_back"] == pytest.approx(1 / 8)
    assert "moves the unit at 1 crops; their pictures are empty" in said.notes[-1]
    photos = SimpleNamespace(dataset="photos", images=8, broken=("a.png", "b.png"))
    assert "2 of 10 images" in words.attribution(explained(), "random", photos).notes[-1]


def test_false_positives_are_counted_among_the_crops_that_the_unit_fires_for():
    share = np.array([[0, 1], [1, 0], [0.4, 0.6], [0.5, 0.5], [0, 1]])
    crops = LabelledCrops(("curve", "rest"), np.zeros((5, 3)), np.array([2.0, 1, 1, 1, -1]), share, 9, ("ann",))
    said = words.false_positives(explained(), crops, "rest")
    assert said.values["found"] == 2
    assert said.values["share_of_firing"] == pytest.approx(1.6 / 4)
    assert "The 2 strongest of 2 crops labelled rest for which mixed3b:188 of glyphs fires" in said.alt
    assert "from 2.50 down to 0.25" in said.alt
    assert "40% have this label" in said.alt
    assert said.notes == (label_words.source(crops), words.NOTE.format(layer="mixed3a"))
