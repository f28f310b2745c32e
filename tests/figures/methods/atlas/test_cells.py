"""Nothing is counted twice, nothing is lost, and means are those of the vectors themselves."""

from __future__ import annotations

import numpy as np
import pytest

from figures.methods.atlas.cells import cells


def scattered(count: int = 300, seed: int = 0):
    rng = np.random.default_rng(seed)
    return rng.normal(0.5, 0.3, (count, 2)), rng.normal(size=(count, 5)).astype(np.float32), rng.random((count, 3))


@pytest.mark.parametrize("least", [1, 3])
def test_counts_and_what_is_dropped_make_all(least):
    places, vectors, values = scattered()
    held = cells(places, vectors, values, grid=6, least=least)
    assert held.count.sum() + held.dropped == 300
    assert held.count.min() >= least


def test_the_mean_by_counts_is_the_mean_of_those_kept():
    places, vectors, values = scattered()
    held = cells(places, vectors, values, grid=6, least=1)
    inside = ((places >= 0) & (places < 1)).all(axis=1)
    assert np.allclose(np.average(held.mean, axis=0, weights=held.count), vectors[inside].mean(axis=0), atol=1e-6)
    assert np.allclose(np.average(held.attribution, axis=0, weights=held.count), values[inside].mean(axis=0), atol=1e-6)


def test_a_place_on_a_border_is_counted_once():
    places = np.array([[0.5, 0.5], [0.5, 0.0], [0.0, 0.5]])
    held = cells(places, np.ones((3, 1), np.float32), np.ones((3, 1)), grid=2, least=1)
    assert sorted(zip(held.row.tolist(), held.column.tolist(), held.count.tolist(), strict=True)) == [
        (0, 0, 1), (0, 1, 1), (1, 1, 1),
    ]  # fmt: skip


def test_x_goes_to_the_right_and_y_upwards():
    held = cells(np.array([[0.9, 0.1]]), np.ones((1, 1), np.float32), np.ones((1, 1)), grid=10, least=1)
    assert (held.row[0], held.column[0]) == (8, 9)


def test_the_far_end_of_the_square_lies_outside():
    held = cells(np.array([[1.0, 0.5], [0.2, 0.2]]), np.ones((2, 1), np.float32), np.ones((2, 1)), grid=4, least=1)
    assert (len(held), held.dropped) == (1, 1)


def test_a_cell_is_called_after_its_mean_and_not_after_most_of_it():
    values = np.array([[0.2, 0.1], [0.2, 0.1], [0.0, 9.0]])
    held = cells(np.full((3, 2), 0.5), np.ones((3, 1), np.float32), values, grid=1, least=1)
    assert held.label.tolist() == [1]
    assert held.best(2).tolist() == [[1, 0]]


def test_the_nearest_has_the_largest_cosine_with_the_mean():
    vectors = np.array([[1, 0], [1, 1], [0, 1], [5, 5.5]], np.float32)
    held = cells(np.full((4, 2), 0.5), vectors, np.ones((4, 1)), grid=1, least=1)
    assert held.nearest.tolist() == [3]


def test_where_no_cell_holds_enough_there_is_none():
    held = cells(np.array([[0.1, 0.1], [0.9, 0.9]]), np.ones((2, 3), np.float32), np.ones((2, 2)), grid=2, least=2)
    assert (len(held), held.dropped, held.mean.shape) == (0, 2, (0, 3))
