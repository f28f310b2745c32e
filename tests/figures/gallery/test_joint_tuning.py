"""The ridges, the table and the words of a family whose images turn, on a network that is not trained."""

from __future__ import annotations

import functools
import json

import numpy as np
import pytest

from figures.artifact import pack
from figures.gallery.joint_tuning import joint_tuning
from figures.methods import rotation, tuning

UNITS = ("mixed3a:3", "mixed3a:9", "mixed3a:5")
ASKED = {"units": UNITS, "dataset": "glyphs:24", "examples": 2, "step": 30.0, "icons": "none"}


@pytest.fixture(autouse=True)
def few_arcs(monkeypatch):
    monkeypatch.setattr(tuning, "of", functools.partial(tuning.of, orientations=12))


@pytest.fixture(scope="module")
def planted():
    """Responses of a family at 40, 130 and 270 degrees to images that lie at any angle."""
    at, angle = np.array([40.0, 130.0, 270.0]), np.arange(36) * 10.0
    begin = np.random.default_rng(0).integers(0, 36, 6) * 10.0
    away = np.radians(begin[:, None, None] + angle[None, :, None] - at)
    values = (4 * np.cos(away) - 2).reshape(3, 2, 36, 3)
    return rotation.RotatedResponses(
        values, *(np.zeros((3, 2), int) for _ in range(3)), np.full(3, 24), np.zeros((3, 0), str)
    )


@pytest.mark.slow
def test_offsets_are_those_that_were_planted(planted, monkeypatch):
    monkeypatch.setattr(rotation, "rotated_responses", lambda *_, **__: planted)
    for chosen, offsets in ((UNITS[0], (0, 90, -130)), (UNITS[2], (130, -140, 0))):
        artifact = joint_tuning(**ASKED, align=chosen)
        assert [row[2] for row in artifact.table.rows] == pytest.approx(offsets, abs=1e-6)
        assert artifact.values["aligned"] == chosen
        assert artifact.values["examples"] == 6


@pytest.mark.slow
def test_a_family_is_drawn_and_packed():
    artifact = joint_tuning(**ASKED)
    record, _ = pack(artifact)
    assert json.dumps(record)
    chart, inset = artifact.parts
    assert "flatten" in json.dumps(chart.spec)
    assert all(name in chart.svg for name in UNITS)
    assert (inset.per_row, len(inset.tiles)) == (12, 12)
    assert inset.tiles[3].lines[0] == "90°"
    assert [row[0] for row in artifact.table.rows] == list(UNITS)
    assert artifact.table.columns == (
        "unit", "peak_deg", "offset_deg", "arcs_deg", "arcs_offset_deg", "difference_deg", "width_deg", "resultant",
    )  # fmt: skip
    assert artifact.values["examples"] + artifact.values["left_out"] == 6
    assert "each turned to 12 angles" in artifact.notes[0]


@pytest.mark.slow
def test_the_control_stands_beside():
    artifact = joint_tuning(**ASKED, control=True)
    assert [part.name for part in artifact.parts] == [
        "joint-tuning",
        "turned",
        "control-joint-tuning",
        "control-turned",
    ]
    assert artifact.values["control_units"] == 3
    assert len(artifact.table.rows) == 6


@pytest.mark.parametrize(("asked", "what"), [
    ({"align": "mixed3a:44"}, "align mixed3a:44; expected one of the units, mixed3a:3"),
    ({"units": ("mixed3a:3", "conv2:1")}, "conv2:1 is not of mixed3a; expected units of one layer"),
    ({"examples": 17}, "examples 17; expected 1 to 16"),
    ({"step": 90.0}, "step 90 degrees; expected more than 0, at most 45"),
])  # fmt: skip
def test_what_cannot_be_turned_is_an_error(asked, what):
    with pytest.raises(ValueError, match=what):
        joint_tuning(**{**ASKED, **asked})
