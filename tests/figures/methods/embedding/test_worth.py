"""Neighbours, trust and purity of maps that can be worked out by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from figures.methods.embedding import worth

LINE = np.array([[0.0], [1], [3], [7], [15], [31]])


def test_the_nearest_come_first_and_none_is_its_own_neighbour():
    assert worth.nearest(LINE, 2).tolist() == [[1, 2], [0, 2], [1, 0], [2, 1], [3, 2], [4, 3]]


def test_of_equally_near_ones_the_first_counts():
    assert worth.nearest(np.array([[0.0], [1], [-1], [5]]), 1)[0].tolist() == [1]


@pytest.mark.slow
def test_a_map_that_keeps_all_neighbours_is_trusted_wholly_and_a_shuffled_one_less():
    vectors = np.random.default_rng(0).normal(size=(30, 2))
    assert worth.trustworthiness(vectors, 3 * vectors + 1) == 1
    shuffled = np.random.default_rng(1).permutation(vectors)
    assert worth.trustworthiness(vectors, shuffled) < 0.8


def test_purity_is_the_share_of_neighbours_with_the_same_label():
    near = np.array([[1, 2], [0, 2], [0, 1], [0, 1]])
    assert worth.purity(near, ("a", "a", "b", "")) == pytest.approx((1 + 1 + 0) / 6 * 1)
    assert math.isnan(worth.purity(near, ("", "", "", "")))


def test_chance_is_the_purity_of_random_neighbours():
    labels = ("a",) * 3 + ("b",) * 2
    every = [(i, j) for i in range(5) for j in range(5) if i != j]
    assert worth.chance(labels) == pytest.approx(np.mean([labels[i] == labels[j] for i, j in every]))
    assert worth.chance(tuple("abcde")) == 0
    assert math.isnan(worth.chance(("", "")))
