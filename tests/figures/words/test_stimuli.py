"""What is said of families of stimuli is what the records hold."""

from dataclasses import replace

import numpy as np
import pytest

from figures.methods import families, stimulus_tuning
from figures.methods.reading import Reading
from figures.methods.sigma import Sigma
from figures.methods.stimulus_tuning import Shown, StimulusTuning
from figures.words import stimuli as words

SIGMA = Sigma(np.ones(2), True, "glyphs:24")
UNITS = ("a:1", "a:2")


def seen(name: str = "arcs", top: float = 3.0, at: int = 9) -> StimulusTuning:
    response = np.zeros((2, 36, 2))
    response[:, at, 1] = top, 2 * top
    response[:, at + 1, 1] = top / 4
    value = np.array([[6.0, 12.0]] * 2)
    reading = Reading(UNITS, 4, (), (), rectified=True, lowered=False)
    return StimulusTuning(UNITS, Shown(families.find(name), name), response, value, reading)


def test_one_family_is_quoted_plainly() -> None:
    said = words.heatmap([seen()], SIGMA)
    assert said.values["max_sigma"] == 6.0
    assert said.values["min_peak_sigma"] == 3.0
    assert said.values["radii"] == 2
    assert (said.values["min_radius_px"], said.values["max_radius_px"]) == (6.0, 12.0)
    assert "strongest at 90, 90 degrees, at radii from 12 to 12 pixels, where it reaches 3.0 to 6.0" in said.alt
    assert said.notes[0].startswith("σ is the standard deviation of the unit's rectified activations")


def test_several_families_are_quoted_by_name_with_their_likeness_to_the_first() -> None:
    said = words.heatmap([seen(), seen("filled", 1.0), seen("lines", 1.0, at=20)], SIGMA)
    assert said.values["filled_max_sigma"] == 2.0
    assert said.values["filled_min_correlation"] == pytest.approx(1.0, abs=1e-2)
    assert said.values["lines_median_correlation"] < 0
    assert "arcs_min_correlation" not in said.values
    assert said.notes[-1] == (
        "Read at the same positions: filled shapes (2 radii from 6 to 12 pixels), lines (2 lengths from 6 to 12 pixels)."
    )


def test_arcs_are_told_by_where_they_are_best_and_what_is_left_when_they_are_nearly_straight() -> None:
    both = seen()
    response = both.response.copy()
    response[:, 9, 0], response[:, 27, 1] = (12.0, 12.0), 3.0  # tight arcs at 90 degrees, straight ones at 270
    values = words.heatmap([replace(both, response=response)], SIGMA).values
    assert (values["min_best_radius_px"], values["max_best_radius_px"]) == (6.0, 6.0)
    assert (values["min_straight_share"], values["max_straight_share"]) == (3 / 12, 6 / 12)
    assert values["median_opposite_share"] == pytest.approx(3 / 12)
    assert "max_straight_share" not in words.heatmap([seen("lines")], SIGMA).values


def test_silence_is_told_in_the_words_of_the_family() -> None:
    assert "No response to filled shapes: a:1, a:2." in words.notes(seen("filled", 0.0))
    assert "No response to any arc: a:1, a:2." in words.notes(seen("arcs", 0.0))


def test_a_grid_is_told_with_its_best_stimulus() -> None:
    both = seen()
    reading = replace(both.reading, units=("a:1",))
    alone = StimulusTuning(("a:1",), both.shown, both.response[:1], both.value[:1], reading)
    said = words.grid(alone.every(3), alone, SIGMA)
    assert said.values["stimuli"] == 24
    assert (said.values["best_deg"], said.values["best_radius_px"]) == (90.0, 12.0)
    assert said.values["responding"] == 1


@pytest.mark.parametrize(("gains", "median"), [([0.952, 1.013, 1.049, 1.104], 1.031), ([0.5, 2.0, 3.0], 2.0)])
def test_the_median_gain_is_a_median(gains: list[float], median: float) -> None:
    said = words.angle_to_curve([seen(), seen("filled")], SIGMA, np.array(gains))
    assert said.values["median_gain"] == pytest.approx(median)
    assert said.values["prefer_arcs"] == sum(gain > 1 for gain in gains)


def test_tables_of_several_families_stand_one_below_the_other() -> None:
    columns = stimulus_tuning.columns([seen(), seen("lines")])
    assert list(columns) == ["family", "unit", "orientation_deg", "radius_6_px", "radius_12_px", "length_6_px",
                             "length_12_px"]  # fmt: skip
    assert {len(column) for column in columns.values()} == {2 * 2 * 36}
    assert np.isnan(columns["length_12_px"][:72]).all()
    assert columns["radius_12_px"][9] == 3.0
