"""The distribution figure says what the scan counted."""

from __future__ import annotations

import numpy as np
import pytest

from figures.gallery.activation_distribution import activation_distribution
from figures.methods import datasets, models, scan
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
    left, count, density, _ = (np.array(column, dtype=float) for column in zip(*artifact.table.rows, strict=True))
    assert (density * np.diff(left)[0]).sum() == pytest.approx(1, abs=1e-9)
    assert count[left >= 0].sum() == (maps >= 0).sum()


def test_a_planted_exponential_is_found(monkeypatch):
    edges = np.arange(-40, 41) * 0.25
    counts = np.where(edges[:-1] >= 0, 1e6 * np.exp(-edges[:-1] / 1.5), 1e6 * np.exp(edges[:-1] / 0.8))
    planted = {"edges": edges, "histogram": np.round(counts), "mean": 0.0, "std": 1.0}
    whole = {name: np.broadcast_to(value, (128, *np.shape(value))) for name, value in planted.items()}
    monkeypatch.setattr(scan, "of", lambda *args, **kwargs: whole)
    values = activation_distribution(unit=UNIT).values
    assert values["positive_scale"] == pytest.approx(1.5, rel=1e-3)
    assert values["negative_scale"] == pytest.approx(0.8, rel=1e-2)
    assert values["positive_r2"] > 0.999


def test_a_range_that_makes_no_sense_is_an_error():
    with pytest.raises(ValueError, match="the nearer one first"):
        activation_distribution(unit=UNIT, dataset="glyphs:4", tail=(4.0, 1.0))
