"""The columns of a quilt have round edges, and their tiles are drawn at random from what lies in them."""

from __future__ import annotations

import numpy as np
import pytest

from figures.methods import quilt
from tests.figures.unit_scans import unit_scan


@pytest.mark.parametrize(("scale", "shift", "bins"), [(1, 0, 18), (138, -150, 18), (0.03, 0.01, 7), (5, 40, 3)])
def test_edges_are_round_and_leave_the_outer_columns_enough(scale, shift, bins):
    values = np.random.default_rng(0).normal(size=20000) * scale + shift
    found = unit_scan(values, width=scale / 8)
    inner = quilt.inner_edges(found.edges, found.histogram, bins, 24)
    step = np.diff(inner)[0]
    assert len(inner) == bins - 1
    assert np.allclose(inner / step, np.round(inner / step))
    assert any(np.isclose(np.log10(step / base) % 1, (0, 1), atol=1e-6).any() for base in quilt.ROUND)
    assert min((values < inner[0]).sum(), (values >= inner[-1]).sum()) >= 24
    if bins == 18 and not shift:
        assert 0 in inner


def test_every_tile_lies_in_its_column_and_comes_once():
    values = np.random.default_rng(1).normal(size=4000)
    found = unit_scan(values)
    inner = np.arange(-8, 9) * 0.3
    drawn = quilt.draw(found, inner, 12)
    there = drawn.image >= 0
    assert there[1:-1].all()
    assert (quilt.column_of(drawn.value[there], inner) == np.nonzero(there)[0]).all()
    assert np.array_equal(values[drawn.y[there]], drawn.value[there])
    assert len(set(drawn.y[there])) == there.sum()


def test_the_seed_alone_decides():
    found, inner = unit_scan(np.random.default_rng(1).normal(size=4000)), np.arange(-4, 5) * 0.5
    one, same, other = (quilt.draw(found, inner, 6, seed).y for seed in (3, 3, 4))
    assert np.array_equal(one, same)
    assert not np.array_equal(one, other)


def test_common_activations_come_more_often_than_rare_ones():
    """The left half of a column holds nine of ten of its positions, though the scan keeps as many of either half."""
    values = np.concatenate([np.linspace(0, 0.24, 900), np.linspace(0.25, 0.49, 100), [-1, 2]])
    found, inner = unit_scan(values), np.array([0.0, 0.5])
    drawn = np.concatenate([quilt.draw(found, inner, 4, seed).value[1] for seed in range(200)])
    assert 0.85 < (drawn < 0.25).mean() < 0.95


def test_too_few_columns_or_values_are_an_error():
    found = unit_scan(np.random.default_rng(0).normal(size=100))
    with pytest.raises(ValueError, match="bins 2; expected at least 3"):
        quilt.inner_edges(found.edges, found.histogram, 2, 4)
    with pytest.raises(ValueError, match="1 bins; expected a range"):
        quilt.inner_edges(np.array([0.0, 1.0]), np.array([50]), 18, 4)
