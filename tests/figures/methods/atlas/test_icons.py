"""Icons climb along whitened directions, each the same alone and in company."""

from __future__ import annotations

import numpy as np
import pytest

from figures.methods import models
from figures.methods.atlas.icons import icons, view, whitened
from figures.methods.feature_visualization import Recipe

QUICK = Recipe(steps=2, size_px=16, picture_px=16, redirected_steps=1)


def directions(count: int, channels: int) -> np.ndarray:
    return np.abs(np.random.default_rng(0).normal(size=(count, channels))).astype(np.float32)


def test_what_all_vectors_share_is_taken_out():
    vectors = np.array([[10, 1, 0], [10, 0, 1], [10, -1, 0], [10, 0, -1]], np.float32)
    turned = whitened(vectors, vectors, ridge=1e-3)
    assert np.allclose(np.linalg.norm(turned, axis=1), 1)
    assert np.abs(turned[:, 0]).max() < 0.6 < np.abs(turned[:, 1:]).max(axis=1).min()


def test_white_vectors_stay_as_they_are_and_nothing_stays_nothing():
    vectors = np.eye(3, dtype=np.float32)
    asked = np.array([[3, 4, 0], [0, 0, 0]], np.float32)
    assert np.allclose(whitened(vectors, asked), [[0.6, 0.8, 0], [0, 0, 0]])


@pytest.mark.slow
def test_an_icon_is_the_same_in_any_company(monkeypatch):
    model = models.load("glyphs")
    monkeypatch.setattr("figures.methods.atlas.icons.TOGETHER", 2)
    asked = directions(3, model.size("conv1"))
    together, alone = icons(model, "conv1", asked, recipe=QUICK), icons(model, "conv1", asked[:1], recipe=QUICK)
    assert together.images.shape == (3, 16, 16, 3)
    assert np.array_equal(together.images[0], alone.images[0])
    last = icons(model, "conv1", asked[2:], recipe=QUICK, numbers=np.array([2]))
    assert np.array_equal(together.images[2], last.images[0])


@pytest.mark.slow
def test_climbing_brings_the_answer_nearer_to_the_direction():
    model = models.load("glyphs")
    asked = np.eye(model.size("conv1"), dtype=np.float32)[:4]
    few, many = (
        icons(model, "conv1", asked, recipe=Recipe(steps=n, size_px=16, picture_px=16)).cosine for n in (1, 24)
    )
    assert many.mean() > few.mean()


def test_the_network_is_shown_no_more_than_asked_for():
    model = models.load("glyphs")
    assert view(model, "mixed4b", 48).side_px <= 64
    assert view(model, "conv1", 48).local
