"""A unit's card holds its picture, its images and the numbers of its scan."""

from __future__ import annotations

import pytest

from figures.artifact import Image, Sprite
from figures.gallery.unit_card import unit_card
from figures.methods import datasets, models, scan

DATA = "glyphs:40"


@pytest.fixture(scope="module")
def best() -> scan.LayerScan:
    return scan.of(models.load("glyphs"), datasets.load(DATA), "mixed3b")


@pytest.mark.slow
def test_a_card_of_one_position_says_what_it_shows(best):
    card = unit_card(unit="mixed3b:3@4,7", dataset=DATA)
    assert "those of all positions of mixed3b:3" in card.notes[0]
    assert card.values["standard_deviation"] == pytest.approx(best.std[3], rel=1e-4)


@pytest.mark.slow
def test_a_card_shows_a_picture_images_and_numbers(best):
    card = unit_card(unit="mixed3b:3", dataset=DATA)
    picture, examples = card.parts
    assert isinstance(picture, Image)
    assert isinstance(examples, Sprite)
    assert (picture.name, examples.name, len(examples.tiles)) == ("feature-visualization", "examples", 12)
    assert card.values["standard_deviation"] == pytest.approx(best.std[3], rel=1e-4)
    assert 0 < card.values["share_firing"] < 1
    assert card.values["receptive_field_px"] == 46


@pytest.mark.slow
def test_the_control_is_the_network_before_training():
    card = unit_card(unit="mixed3b:3", dataset=DATA, control=True)
    assert [part.name for part in card.parts] == [
        "feature-visualization", "examples", "control-feature-visualization", "control-examples"
    ]  # fmt: skip
    untrained = unit_card(unit="mixed3b:3", dataset=DATA, model="glyphs-untrained", control=True)
    assert card.values["control_mean"] == untrained.values["mean"]
