"""What is said of tuning is what the record holds."""

import numpy as np
import pytest

from figures.methods import tuning_curves
from figures.methods.reading import Reading
from figures.methods.tuning import ArcTuning
from figures.words import tuning as words

ANGLES = np.arange(720) / 2


def seen(*preferred: float, width: float = 4.0) -> ArcTuning:
    units = tuple(f"layer:{index}" for index in range(len(preferred)))
    curves = np.stack([np.exp(width * (np.cos(np.radians(ANGLES - at)) - 1)) - 0.1 for at in preferred])
    reading = Reading(units, 4, (), (), rectified=True, lowered=False)
    radii = np.array([[6.0, 12.0]] * len(units))
    return ArcTuning(units, curves, tuning_curves.summary(curves), radii, np.zeros((len(units), 2), int), reading)


def test_several_units_are_told_with_their_directions_widths_and_gap() -> None:
    said = words.tuning(seen(10.0, 100.0, 200.0))
    assert "3 units of layer respond to arcs" in said.alt
    assert "Preferred directions: 10, 100, 200 degrees; the widest gap between them is 170 degrees." in said.alt
    assert said.values["largest_gap_deg"] == pytest.approx(170)
    assert said.values["units"] == said.values["responding"] == 3
    assert said.values["min_width_deg"] == pytest.approx(said.values["max_width_deg"])
    assert said.notes[0].startswith("Rectified responses to black arcs on white, 2 radii from 6 to 12 px; each unit is")


def test_one_unit_is_told_in_the_singular() -> None:
    said = words.tuning(seen(64.0))
    assert said.alt.startswith("How strongly layer:0 responds to arcs")
    assert f"is {said.values['median_width_deg']:.0f} degrees wide" in said.alt


def test_silent_units_do_not_count_and_are_named() -> None:
    both = seen(10.0, 100.0)
    curves = both.curves * np.array([[1], [0]])
    record = ArcTuning(both.units, curves, tuning_curves.summary(curves), both.radius_px, both.offset, both.reading)
    said = words.tuning(record)
    assert said.values["responding"] == 1
    assert said.values["max_width_deg"] == pytest.approx(words.values(seen(10.0).summary)["max_width_deg"])
    assert said.notes[-1] == "No response to any arc: layer:1."


def test_a_family_that_never_responds_has_no_numbers() -> None:
    both = seen(10.0, 100.0)
    curves = -np.abs(both.curves)
    record = ArcTuning(both.units, curves, tuning_curves.summary(curves), both.radius_px, both.offset, both.reading)
    said = words.tuning(record)
    assert said.alt.endswith("no unit responds to any of them.")
    assert said.values == {"units": 2, "responding": 0}
