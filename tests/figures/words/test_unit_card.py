"""What is said of a unit is what was measured of it."""

from dataclasses import replace

import numpy as np
import pytest

from figures.methods.examples import Examples
from figures.units import Unit
from figures.words import unit_card as words
from tests.figures.reached import reached
from tests.figures.unit_scans import unit_scan

UNIT = Unit("layer", 0)
SCAN = unit_scan(np.array([3.0, -1.0, 2.0, 0.5]))


def best(unit: Unit = UNIT, *, rectified: bool = True) -> Examples:
    return Examples(unit, rectified, SCAN, SCAN.top, np.zeros((4, 8, 8, 3), np.uint8))


def test_numbers_are_those_of_the_picture_and_of_the_scan() -> None:
    said = words.unit_card(reached(), best(), 46, 64)
    assert said.values == pytest.approx({
        "activation_reached": 6.0, "under_held_out_movements": 3.0, "mean_of_top_examples": 4.0, "ratio": 1.5,
        "mean": 1.125, "standard_deviation": np.std([3.0, -1.0, 2.0, 0.5]), "share_firing": 0.75,
        "receptive_field_px": 46,
    })  # fmt: skip
    assert said.alt == "Feature visualization of layer:0, and the images of made-up:1 that drive it most."


def test_of_what_the_spread_is_is_said() -> None:
    (note,) = words.unit_card(reached(), best(), 46, 64).notes
    assert note.endswith("are those of the activation before the rectifier over all positions of made-up:1.")
    (note,) = words.unit_card(reached(), best(rectified=False), 46, 64).notes
    assert "rectifier" not in note


def test_a_ratio_that_says_nothing_is_zero_and_a_class_is_named() -> None:
    said = words.unit_card(reached(activation=(-1.0,), best=(2.0,), classes=("star",), lowered=(False,), dead=(False,)),
                           best(), 46, 64)  # fmt: skip
    assert (said.values["ratio"], said.values["class"]) == (0.0, "star")


def test_what_is_not_as_usual_is_told() -> None:
    dead = replace(reached(activation=(0.0,), best=(1.0,), classes=("",), lowered=(False,), dead=(True,)), channels=2)
    said = words.unit_card(dead, best(Unit("layer", 0, (4, 7))), 46, 64)
    assert said.notes[:2] == (
        "The unit never answered while its picture was made.",
        "Images and numbers are those of all positions of layer:0; the picture is for this one.",
    )
    assert said.notes[-1] == "Images have 2 channels; shown is their mean."


def test_a_field_larger_than_the_image_is_told() -> None:
    said = words.unit_card(reached(), best(), 427, 224)
    assert said.values["receptive_field_px"] == 427
    assert said.notes[-1] == "The receptive field is larger than the image: 427 px, all of 224."
