"""Maps are the same for the same seed, keep who is near whom, and a grid gives each its own cell."""

from __future__ import annotations

import importlib.util

import numpy as np
import pytest

from figures.methods.embedding.layout import cells, layout, middles, snapped, squared


def clusters(each: int = 8, numbers: int = 12) -> np.ndarray:
    """Three groups far apart from each other."""
    noise = np.random.default_rng(0).normal(scale=0.01, size=(3 * each, numbers))
    return (noise + np.repeat(np.eye(numbers)[:3], each, axis=0)).astype(np.float32)


@pytest.mark.slow
@pytest.mark.parametrize("method", ["pca", "tsne"])
def test_a_seed_fixes_the_map_and_groups_stay_together(method):
    points = layout(clusters(), method=method, seed=3).points
    assert np.array_equal(points, layout(clusters(), method=method, seed=3).points)
    assert np.array_equal(points, points.clip(0, 1))
    middle = points.reshape(3, 8, 2).mean(axis=1)
    within = np.linalg.norm(points.reshape(3, 8, 2) - middle[:, None], axis=2).max()
    assert within < min(np.linalg.norm(middle[i] - middle[j]) for i, j in ((0, 1), (0, 2), (1, 2)))


@pytest.mark.slow
def test_the_components_of_a_plane_are_the_plane():
    plane = np.random.default_rng(1).normal(size=(20, 2)) * [3, 1]
    turned = np.linalg.qr(np.random.default_rng(2).normal(size=(5, 5)))[0][:2]
    points = layout((plane @ turned).astype(np.float32), method="pca").points
    own = squared(plane)
    ratio = np.linalg.norm(points[1:] - points[0], axis=1) / np.linalg.norm(own[1:] - own[0], axis=1)
    assert np.ptp(ratio) < 1e-3


@pytest.mark.skipif(importlib.util.find_spec("umap") is not None, reason="umap-learn is installed")
def test_without_its_package_umap_says_how_to_get_it():
    with pytest.raises(ValueError, match=r"microscribe\[umap\]"):
        layout(clusters(), method="umap")


def test_points_of_a_grid_get_their_own_cells():
    own = np.random.default_rng(0).permutation(16)
    assert snapped(middles(own, 4)).tolist() == own.tolist()


def test_no_two_share_a_cell():
    cell = snapped(np.random.default_rng(0).random((21, 2)))
    assert len(set(cell.tolist())) == 21
    assert cell.max() < cells(21) ** 2 == 25


def test_a_map_is_moved_and_scaled_alike_on_both_sides():
    assert squared(np.array([[0.0, 10], [4, 12]])).tolist() == [[0, 0.25], [1, 0.75]]
    assert squared(np.ones((3, 2))).tolist() == [[0.5, 0.5]] * 3
