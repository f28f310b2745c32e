"""Pictures of stimuli beside their responses."""

import numpy as np
import pytest

from figures.methods import models, stimulus_looks, stimulus_tuning


@pytest.fixture(scope="module")
def model() -> models.Model:
    return models.load("glyphs")


def test_second_parameters_are_named_as_charts_tell_them() -> None:
    assert [stimulus_looks.key(value) for value in (4.0, 2.3456, 0.5, np.float32(100))] == ["4", "2.35", "0.5", "100"]


def test_an_arc_bulges_where_it_is_turned_to(model: models.Model) -> None:
    right, down, left = stimulus_looks.arcs(model, "mixed3b", [0, 90, 180], 40)
    assert right.shape == (3, 40, 40)
    assert np.abs(right - left[:, :, ::-1]).max() < 0.05
    assert np.abs(right.transpose(0, 2, 1) - down).max() < 0.05
    assert np.abs(right - left).max() > 0.5


def test_each_unit_has_its_arc_and_no_direction_counts_as_none(model: models.Model) -> None:
    drawn = stimulus_looks.arcs_towards(model, ("mixed3b:1", "mixed3b:2"), np.array([90.0, np.nan]), 40)
    np.testing.assert_allclose(drawn, stimulus_looks.arcs(model, "mixed3b", [90, 0], 40), atol=1e-6)


def test_a_family_is_drawn_at_every_second_parameter(model: models.Model) -> None:
    shown = stimulus_tuning.named("arcs", (4.0, 9.0))
    seen = stimulus_tuning.of(model, ("conv1:1",), shown, orientations=4)
    looks = stimulus_looks.looks(model, seen)
    assert set(looks.covers) == {"4", "9"}
    assert not looks.pictures
    assert all(cover.min() >= 0 and 0.5 < cover.max() <= 1 for cover in looks.covers.values())
    assert stimulus_looks.along(model, seen).shape[:2] == (stimulus_looks.ALONG, 3)
