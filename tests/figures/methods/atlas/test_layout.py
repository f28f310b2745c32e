"""Like lies near like, a seed fixes a layout, margins are equal."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from figures.methods.atlas.layout import in_square, layout, purity


def clusters(each: int = 12, count: int = 3) -> np.ndarray:
    rng = np.random.default_rng(0)
    middles = np.repeat(np.eye(count, 8), each, axis=0) * 10
    return (middles + rng.normal(size=(each * count, 8))).astype(np.float32)


@pytest.mark.parametrize("method", ["tsne", "pca"])
def test_planted_clusters_stay_together(method):
    places = layout(clusters(), method=method).places.reshape(3, 12, 2)
    middles = places.mean(axis=1)
    within = np.linalg.norm(places - middles[:, None], axis=2).mean()
    between = np.linalg.norm(middles - np.roll(middles, 1, axis=0), axis=1).min()
    assert between > 2 * within


def test_a_seed_fixes_the_layout():
    first, again, other = (layout(clusters(), seed=seed).places for seed in (0, 0, 1))
    assert np.array_equal(first, again)
    assert first.shape == other.shape == (36, 2)


def test_percentiles_lie_a_tenth_within_the_square_on_all_sides():
    places = np.random.default_rng(0).normal(size=(500, 2)) * (1, 50) + 3
    scaled = in_square(places)
    assert np.allclose(np.percentile(scaled, (1, 99), axis=0), [[1 / 12] * 2, [11 / 12] * 2])


def test_an_outlier_is_not_piled_on_the_border():
    places = np.concatenate([np.random.default_rng(0).random((200, 2)), [[90, 90]]])
    assert in_square(places)[-1].min() > 1


def test_purity_asks_neighbours_from_other_images():
    places = np.array([[0, 0], [0, 0.1], [1, 1], [1, 1.1]])
    classes = np.array([0, 1, 1, 1])
    assert purity(places, classes, np.array([0, 0, 1, 1])) == (0.75, 0.625)
    assert np.isnan(purity(places, classes, np.zeros(4, int))[0])


def test_too_few_vectors_are_refused():
    with pytest.raises(ValueError, match="3 vectors to lay out; expected at least 8"):
        layout(np.zeros((3, 4), np.float32))


def test_umap_that_is_not_installed_says_how_to_get_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "umap", None)
    with pytest.raises(ValueError, match=r"pip install 'microscribe\[umap\]'"):
        layout(clusters(), method="umap")
