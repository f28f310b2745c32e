"""The columns of a quilt have round edges, and their tiles are drawn at random from what lies in them."""

from __future__ import annotations

import numpy as np
import pytest

from figures.methods import quilt


def scanned(values: np.ndarray, width: float = 0.25, samples: int = 16) -> dict[str, np.ndarray]:
    """Bin values, one a row of an image, as a scan of one unit does."""
    edges = np.arange(np.floor(values.min() / width), np.floor(values.max() / width) + 2) * width
    bins = np.searchsorted(edges, values, side="right") - 1
    found = {"edges": edges, "histogram": np.bincount(bins, minlength=len(edges) - 1)}
    rows = np.full((len(edges) - 1, samples), -1)
    for one in range(len(rows)):
        there = np.flatnonzero(bins == one)[:samples]
        rows[one, : len(there)] = there
    value = np.where(rows >= 0, values[rows], np.nan)
    blank = np.where(rows >= 0, 0, -1)
    found |= {"sample_image": blank, "sample_y": rows, "sample_x": blank, "sample_value": value}
    return {name: array[None] for name, array in found.items()}


@pytest.mark.parametrize(("scale", "shift", "bins"), [(1, 0, 18), (138, -150, 18), (0.03, 0.01, 7), (5, 40, 3)])
def test_edges_are_round_and_leave_the_outer_columns_enough(scale, shift, bins):
    values = np.random.default_rng(0).normal(size=20000) * scale + shift
    found = scanned(values, scale / 8)
    inner = quilt.inner_edges(found["edges"][0], found["histogram"][0], bins, 24)
    step = np.diff(inner)[0]
    assert len(inner) == bins - 1
    assert np.allclose(inner / step, np.round(inner / step))
    assert any(np.isclose(np.log10(step / base) % 1, (0, 1), atol=1e-6).any() for base in quilt.ROUND)
    assert min((values < inner[0]).sum(), (values >= inner[-1]).sum()) >= 24
    if bins == 18 and not shift:
        assert 0 in inner


def test_every_tile_lies_in_its_column_and_comes_once():
    values = np.random.default_rng(1).normal(size=4000)
    found = scanned(values)
    inner = np.arange(-8, 9) * 0.3
    drawn = quilt.draw(found, 0, inner, 12)
    there = drawn.image >= 0
    assert there[1:-1].all()
    assert (quilt.column_of(drawn.value[there], inner) == np.nonzero(there)[0]).all()
    assert np.array_equal(values[drawn.y[there]], drawn.value[there])
    assert len(set(drawn.y[there])) == there.sum()


def test_the_seed_alone_decides():
    found, inner = scanned(np.random.default_rng(1).normal(size=4000)), np.arange(-4, 5) * 0.5
    one, same, other = (quilt.draw(found, 0, inner, 6, seed).y for seed in (3, 3, 4))
    assert np.array_equal(one, same)
    assert not np.array_equal(one, other)


def test_common_activations_come_more_often_than_rare_ones():
    """The left half of a column holds nine of ten of its positions, though the scan keeps as many of either half."""
    values = np.concatenate([np.linspace(0, 0.24, 900), np.linspace(0.25, 0.49, 100), [-1, 2]])
    found, inner = scanned(values), np.array([0.0, 0.5])
    drawn = np.concatenate([quilt.draw(found, 0, inner, 4, seed).value[1] for seed in range(200)])
    assert 0.85 < (drawn < 0.25).mean() < 0.95


def test_too_few_columns_or_values_are_an_error():
    found = scanned(np.random.default_rng(0).normal(size=100))
    with pytest.raises(ValueError, match="bins 2; expected at least 3"):
        quilt.inner_edges(found["edges"][0], found["histogram"][0], 2, 4)
    with pytest.raises(ValueError, match="1 bins; expected a range"):
        quilt.inner_edges(np.array([0.0, 1.0]), np.array([50]), 18, 4)
