"""The distribution figure says what the scan counted."""

from __future__ import annotations

import numpy as np
import pytest

from figures.gallery.activation_distribution import activation_distribution
from figures.methods import datasets, models
from figures.methods.activations import activations

UNIT = "mixed3a:5"


@pytest.fixture(scope="module")
def artifact():
    return activation_distribution(unit=UNIT, dataset="glyphs:24")


@pytest.fixture(scope="module")
def maps():
    return activations(models.load("glyphs"), datasets.load("glyphs:24").images(range(24)), "mixed3a")[:, 5].numpy()


def test_the_numbers_are_those_of_all_positions(artifact, maps):
    assert artifact.values["positions"] == maps.size
    assert artifact.values["share_firing"] == pytest.approx((maps >= 0).mean())
    assert artifact.values["sigma"] == pytest.approx(maps.std(), rel=1e-4)


def test_the_table_is_a_density(artifact, maps):
    table = np.array([[np.nan if cell is None else cell for cell in row] for row in artifact.table.rows], float)
    left, sigmas, count, density, _, _, from_here = table.T
    assert (density * np.diff(left)[0]).sum() == pytest.approx(1, abs=1e-9)
    assert count[left >= 0].sum() == (maps >= 0).sum()
    assert sigmas * artifact.values["sigma"] == pytest.approx(left)
    assert from_here[0] == 1
    assert from_here[left == 0] == pytest.approx(artifact.values["share_firing"])


def test_the_table_holds_the_fitted_lines(artifact):
    for side in ("positive", "negative"):
        if f"{side}_scale" not in artifact.values:
            continue
        low, high, scale = (artifact.values[f"{side}_{name}"] for name in ("from", "to", "scale"))
        line = [
            (row[0] if side == "positive" else -row[0], row[5]) for row in artifact.table.rows if low <= row[0] <= high
        ]
        assert len(line) >= 3
        assert np.polyfit(*zip(*line, strict=True), 1)[0] == pytest.approx(-1 / scale)
    assert "positive_scale" in artifact.values


@pytest.mark.slow
def test_the_control_is_the_network_before_training():
    artifact = activation_distribution(unit=UNIT, dataset="glyphs:24", control=True)
    alone = activation_distribution(unit=UNIT, model="glyphs-untrained", dataset="glyphs:24", control=True)
    assert artifact.values["control_sigma"] == alone.values["sigma"] != artifact.values["sigma"]
    assert [part.name for part in artifact.parts] == ["distribution", "control-distribution"]
    assert len(alone.parts) == 1


def test_a_range_that_makes_no_sense_is_an_error():
    with pytest.raises(ValueError, match="the nearer one first"):
        activation_distribution(unit=UNIT, dataset="glyphs:4", tail=(4.0, 1.0))
