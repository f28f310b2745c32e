"""What a family answers to turning images, from the unit that lines up."""

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from figures.methods import datasets, joint_tuning, models, rotation

sys.path.insert(0, str(Path(__file__).parents[1]))

import family_records as records

UNITS = ("mixed3a:3", "mixed3a:9", "mixed3a:5")


@pytest.fixture
def answered(monkeypatch: pytest.MonkeyPatch) -> rotation.RotatedResponses:
    """A family at 40, 130 and 270 degrees, whose last image drives none of its units and whose first one turns."""
    at, angle = np.array([40.0, 130.0, 270.0]), np.arange(36) * 10.0
    begin = np.arange(6) * 50.0
    away = np.radians(begin[:, None, None] + angle[None, :, None] - at)
    values = (4 * np.cos(away) - 2).reshape(3, 2, 36, 3)
    values[2, 0] = -1
    values[2, 1] = np.nan
    answers = rotation.RotatedResponses(
        values, *(np.zeros((3, 2), int) for _ in range(3)), np.full(3, 24), np.zeros((3, 0), str)
    )
    monkeypatch.setattr(rotation, "rotated_responses", lambda *_, **__: answers)
    monkeypatch.setattr(joint_tuning.tuning, "of", lambda *_, **__: records.arc_tuning((40.0, 130.0, 265.0)))
    return answers


def of(align: str = "") -> joint_tuning.JointTuning:
    model, data = models.load("glyphs"), datasets.load("glyphs:24")
    return joint_tuning.of(model, data, UNITS, align=align, examples=2, step_deg=10, seed=0)


def test_peaks_lie_where_they_were_planted(answered: rotation.RotatedResponses) -> None:
    seen = of()
    assert seen.aligned == "mixed3a:3"
    assert seen.offset_deg == pytest.approx([0, 90, -130], abs=1e-6)
    assert seen.arcs_offset_deg == pytest.approx([0, 90, -135])
    assert np.abs(seen.difference_deg) == pytest.approx([0, 0, 5], abs=1e-6)
    assert seen.same_order
    assert of("mixed3a:5").offset_deg == pytest.approx([130, -140, 0], abs=1e-6)


def test_images_that_drive_nothing_are_left_out_and_missing_ones_do_not_count(
    answered: rotation.RotatedResponses,
) -> None:
    seen = of()
    assert (seen.examples, seen.shown, seen.left_out, seen.angles) == (4, 5, 1, 36)
    assert seen.responses.min() == 0


def test_one_image_is_shown_as_it_turns(answered: rotation.RotatedResponses) -> None:
    turning = of("mixed3a:9").turning
    assert turning.angles_deg.tolist() == [30.0 * turn for turn in range(12)]
    assert turning.pictures.shape[0] == 12
    assert turning.pictures.dtype == np.uint8
    assert turning.pre_activation == pytest.approx(answered.pre_activation[1, 0, ::3, 1])


def test_a_unit_that_answers_nothing_cannot_be_aligned(
    answered: rotation.RotatedResponses, monkeypatch: pytest.MonkeyPatch
) -> None:
    silent = replace(answered, pre_activation=-np.ones((3, 2, 36, 3)))
    monkeypatch.setattr(rotation, "rotated_responses", lambda *_, **__: silent)
    with pytest.raises(ValueError, match="mixed3a:9 answers to none of the turned images"):
        of("mixed3a:9")


def test_units_are_ordered_by_arcs_and_silent_ones_by_their_peak() -> None:
    assert records.joint_tuning(expected_deg=(300.0, 20.0, 100.0)).order.tolist() == [1, 2, 0]
    assert records.joint_tuning(expected_deg=(300.0, float("nan"), 100.0)).order.tolist() == [2, 1, 0]


def test_the_table_has_a_row_for_each_unit() -> None:
    columns = records.joint_tuning().columns()
    assert {len(column) for column in columns.values()} == {3}
    assert columns["difference_deg"] == pytest.approx([0, 5, 5])
