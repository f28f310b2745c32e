"""What is said of families of curve units is what the records hold."""

import sys
from pathlib import Path

import numpy as np
import pytest

from figures.words import curve_families as words

sys.path.insert(0, str(Path(__file__).parents[1]))

import family_records as records

EMPTY = np.array([], int)


def test_units_that_pass_are_counted_with_their_widths_and_the_eighths_they_fill() -> None:
    family = records.curve_family((10.0, 44.0, 359.0))
    said = words.curve_units(family, records.curve_family(units=EMPTY))
    assert said.values == {
        "count": 3, "of": 256, "eighths": 2, "control_count": 0,
        "median_half_width_deg": 40, "min_half_width_deg": 30, "max_half_width_deg": 50, "largest_gap_deg": family.largest_gap_deg,
    }  # fmt: skip
    assert (
        "Of the 256 units of mixed3b of glyphs, 3 meet the rule for curve detectors; before training 0 do." in said.alt
    )
    assert "2 of the eight 45-degree ranges have one" in said.alt
    assert said.notes[0] == words.NOTE
    assert "400 images" in said.notes[1]
    assert len(said.notes) == 2


def test_a_layer_without_units_has_no_widths_and_no_control_is_told_of_none() -> None:
    said = words.curve_units(records.curve_family(units=EMPTY))
    assert said.values == {"count": 0, "of": 256, "eighths": 0}
    assert "before training" not in said.alt


def test_scaled_arcs_and_layers_that_are_not_rectified_are_told() -> None:
    family = records.curve_family(scale=2.0, rectified=False)
    low, high = family.radii_px
    notes = words.curve_units(family).notes
    assert f"Arcs are scaled to what a unit of mixed3b sees: radii from {low:.0f} to {high:.0f} px." in notes
    assert "mixed3b does not end in a rectifier; responses below zero count as none." in notes


def test_each_layer_is_told_with_its_numbers() -> None:
    families = [records.curve_family(), records.curve_family((50.0,), layer="block.4", layer_units=32)]
    said = words.curve_families("glyphs", families, families, "strict", 5, given=False)
    assert said.values["layers"] == 2
    assert said.values["units"] == 4
    assert said.values["mixed3b_units"] == 3
    assert said.values["block_4_units"] == 1
    assert said.values["mixed3b_width_deg"] == pytest.approx(80)
    assert said.values["mixed3b_echo"] == pytest.approx(0.2)
    assert said.values["mixed3b_resultant"] == pytest.approx(0.9)
    assert "mixed3b 3 of 256, median echo 0.20, width 80 degrees; block.4 1 of 32" in said.alt
    assert said.notes[0] == (
        "Units that meet the rule for curve detectors; drawn are at most 5 of a layer, spread over the circle."
    )
    assert [note.partition(":")[0] for note in said.notes[1:]] == ["mixed3b", "block.4"]


def test_units_that_were_chosen_follow_no_rule() -> None:
    families = [records.curve_family(rectified=False)]
    said = words.curve_families("glyphs", families, families, "tuned", 5, given=True)
    assert said.alt.startswith("Radial tuning curves of the units chosen")
    (note,) = said.notes
    assert note.endswith("; not rectified, below zero counts as none.")


def test_layers_without_units_are_named_and_only_what_is_drawn_has_notes() -> None:
    empty = [records.curve_family(units=EMPTY, drawn=EMPTY)]
    said = words.curve_families("glyphs", empty, [], "tuned", 12, given=False)
    assert said.alt == "No unit of mixed3b of glyphs is tuned to arcs by the rule."
    assert said.values == {"layers": 0, "units": 0}
    assert len(said.notes) == 1


def test_images_that_cannot_be_read_are_named() -> None:
    family = records.curve_family(dataset="photos", broken=("a.png", "b.png"))
    note = "2 of 402 images of photos are left out, since they cannot be read: a.png, b.png."
    assert words.curve_units(family).notes[-1] == note
    assert words.curve_families("glyphs", [family], [], "strict", 8, given=True).notes == (note,)
