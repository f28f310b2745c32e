"""Strokes across a curve: without length they are nothing, and an arc likes them less the longer they are."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from figures.methods import combing, models, tuning
from tests.figures.methods.corner_networks import UNITS, cover, load


@pytest.fixture(scope="module")
def corners() -> models.Model:
    return load()


def test_a_comb_without_ticks_is_the_arc(corners: models.Model) -> None:
    assert torch.equal(cover("combs", 0.0, radius_px=0.3), cover("arcs", 0.3 * 56))
    assert float(cover("combs", 6.0).sum()) > 1.5 * float(cover("combs", 0.0).sum())
    got = combing.combed_responses(corners, UNITS, lengths_px=(0.0, 1.0, 3.0), spacings_px=(3.0, 6.0), orientations=36)
    arcs = tuning.arc_responses(corners, UNITS, orientations=36).pre_activation
    for unit in range(4):
        assert got.pre_activation[unit, :, 0] == pytest.approx(arcs[unit].max(), abs=1e-4)
    changes = combing.changes(corners, UNITS, got)
    assert np.abs(changes[:, :, 0]).max() < 1e-4
    (arc,) = combing.combed_responses(corners, ("edges:4",), orientations=36).pre_activation
    assert (arc[:, -1] < arc[:, 0]).all()  # a filter that is an arc answers less to what else is there


def test_the_best_arc_is_where_the_largest_response_is() -> None:
    responses = np.zeros((8, 3))
    responses[3, 1], responses[5, 2] = 2.0, 1.0
    assert combing.best_arc(responses, np.array([4.0, 9.0, 30.0])) == (135.0, 9.0, 2.0)


def test_a_table_has_a_row_for_each_unit_spacing_and_length() -> None:
    change = np.arange(12.0).reshape(2, 2, 3)
    seen = combing.Combing(
        ("a:1", "a:2"), change, np.array([1.0, 2.0]), np.array([10.0, 20.0]), np.array([4.0, 5.0]),
        np.array([[0.0, 1.0, 2.0], [0.0, 3.0, 6.0]]), np.array([[5.0, 7.0], [8.0, 9.0]]),
    )  # fmt: skip
    columns = seen.columns()
    assert {len(column) for column in columns.values()} == {change.size}
    row = 1 * 6 + 1 * 3 + 2
    assert {name: column[row] for name, column in columns.items()} == {
        "unit": "a:2", "orientation_deg": 20.0, "radius_px": 5.0, "arc_sigma": 2.0, "stroke_px": 6.0,
        "distance_px": 9.0, "change_sigma": change[1, 1, 2],
    }  # fmt: skip


def test_changes_are_those_above_zero_where_a_rectifier_ends_the_layer() -> None:
    model = models.load("glyphs")
    response = np.array([[[3.0, 1.0, -2.0]]])
    answered = combing.CombedResponses(
        response, np.array([1.0]), np.array([0.0]), np.array([6.0]), np.array([[0.0, 1.0, 2.0]]), np.array([[4.0]])
    )
    assert combing.changes(model, ("mixed3b:1",), answered).tolist() == [[[2.0, 0.0, -1.0]]]
    assert combing.changes(model, ("shape:1",), answered).tolist() == [[[2.0, 0.0, -3.0]]]
