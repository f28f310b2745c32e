"""Responses to families of stimuli, made by hand."""

import numpy as np
import pytest

from figures.methods.reading import Reading
from figures.methods.stimulus_tuning import StimulusTuning, columns, gains, grid, named, stages

UNITS = ("a:1", "a:2")
READING = Reading(UNITS, 0, (), (), rectified=True, lowered=False)


def tuned(response: np.ndarray, name: str = "arcs") -> StimulusTuning:
    return StimulusTuning(UNITS, named(name), response, np.array([[4.0, 8.0]] * 2), READING)


@pytest.fixture
def peaked() -> StimulusTuning:
    response = np.zeros((2, 8, 2))
    response[0, 2, 0], response[0, 6, 1], response[1, 5, 1] = 4.0, 1.0, 2.0
    return tuned(response)


def test_the_best_stimulus_is_where_the_largest_response_is(peaked: StimulusTuning) -> None:
    angles, seconds = peaked.best
    assert (angles.tolist(), seconds.tolist()) == ([90, 225], [4, 8])
    assert peaked.peaks.tolist() == [4, 2]
    assert peaked.every(2).angles_deg.tolist() == [0, 90, 180, 270]


def test_the_straightest_arc_is_told_as_a_share_of_the_peak(peaked: StimulusTuning) -> None:
    anywhere, opposite = peaked.straightest
    assert anywhere.tolist() == [0.25, 1]
    assert opposite.tolist() == [0.25, 0]
    silent = tuned(np.zeros((2, 8, 2)))
    assert np.isnan(silent.straightest[0]).all()


def test_profiles_are_like_themselves_and_a_level_one_is_like_none(peaked: StimulusTuning) -> None:
    assert peaked.likeness(peaked) == pytest.approx([1, 1])
    assert peaked.likeness(tuned(np.ones((2, 8, 2)))).tolist() == [0, 0]


def test_tables_hold_every_response(peaked: StimulusTuning) -> None:
    table = columns([peaked])
    assert table["unit"] == ["a:1"] * 8 + ["a:2"] * 8
    assert table["radius_4_px"].tolist() == peaked.response[:, :, 0].ravel().tolist()
    two = columns([peaked, tuned(np.ones((2, 8, 2)), "filled")])
    assert two["family"] == ["arcs"] * 16 + ["filled"] * 16
    assert grid(peaked)["radius_8_px"].tolist() == peaked.response[0, :, 1].tolist()


def test_gains_leave_out_units_that_are_silent_at_first(peaked: StimulusTuning) -> None:
    assert gains(peaked, tuned(2 * peaked.response)).tolist() == [2, 2]
    assert gains(tuned(np.zeros((2, 8, 2))), peaked).tolist() == []


def test_stages_lead_from_angles_to_arcs() -> None:
    shown = stages(4)
    assert [each.title for each in shown] == ["angles", "33% round", "67% round", "arcs"]
    assert [each.family.options["roundness"] for each in shown] == pytest.approx([0, 1 / 3, 2 / 3, 1])
