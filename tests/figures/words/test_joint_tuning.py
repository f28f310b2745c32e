"""What is said of a family whose images turn is what the record holds."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from figures.words import joint_tuning as words

sys.path.insert(0, str(Path(__file__).parents[1]))

import family_records as records


def test_peaks_are_told_from_that_of_the_aligned_unit() -> None:
    said = words.joint_tuning(records.joint_tuning())
    assert "Responses of 3 units to 4 images of glyphs:24 that turn through the circle" in said.alt
    assert "The others peak at: mixed3b:1 +90°, mixed3b:2 -135°, in the same order as to drawn arcs." in said.alt
    assert said.values["aligned"] == "mixed3b:0"
    assert said.values["same_order"] == "yes"
    assert said.values["median_difference_deg"] == pytest.approx(5)
    assert said.values["largest_difference_deg"] == pytest.approx(5)
    assert "4 images that drive the units of glyphs most, each turned to 72 angles" in said.notes[0]
    assert len(said.notes) == 1


def test_another_order_and_images_that_drive_nothing_are_told() -> None:
    said = words.joint_tuning(records.joint_tuning(expected_deg=(40.0, 265.0, 130.0), left_out=2))
    assert "in another order than to drawn arcs" in said.alt
    assert said.values["same_order"] == "no"
    assert said.values["left_out"] == 2
    assert said.notes[1] == "2 images do not drive mixed3b:0 at any angle, and are left out."
    assert said.notes[0].startswith("6 images")


def test_a_unit_alone_has_no_differences() -> None:
    said = words.joint_tuning(records.joint_tuning((40.0,), (40.0,)))
    assert "median_difference_deg" not in said.values
    assert "The others peak at: none" in said.alt


def test_a_unit_that_answers_no_arc_has_no_difference() -> None:
    said = words.joint_tuning(records.joint_tuning(expected_deg=(40.0, float("nan"), 250.0)))
    assert said.values["median_difference_deg"] == said.values["largest_difference_deg"] == pytest.approx(15)


def test_the_axis_names_the_aligned_unit() -> None:
    assert "points for mixed3b:2 (degrees" in words.axis(records.joint_tuning(chosen=2))


def test_images_that_cannot_be_read_are_named() -> None:
    said = words.joint_tuning(replace(records.joint_tuning(), images=23, broken=("a.png",)))
    assert said.notes[-1] == "1 of 24 images of glyphs:24 is left out, since it cannot be read: a.png."
