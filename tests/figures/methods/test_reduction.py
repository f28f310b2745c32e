"""Few dimensions keep who is near whom, and are the same for the same seed on any number of threads."""

import sys

import numpy as np
import pytest

from figures.methods import reduction

VECTORS = np.random.default_rng(0).normal(size=(30, 6))


def test_perplexity_is_bounded_by_the_number_of_vectors():
    assert reduction.perplexity_of(1000, 30) == 30
    assert reduction.perplexity_of(13, 30) == 4
    assert reduction.perplexity_of(2, 30) == 1


@pytest.mark.slow
def test_components_are_uncorrelated_the_longest_first_and_no_more_than_there_are():
    few = reduction.components(VECTORS, 50)
    assert few.shape == (30, 6)
    covariance = few.T @ few
    assert np.allclose(covariance, np.diag(np.diag(covariance)), atol=1e-9)
    assert (np.diff(np.diag(covariance)) <= 0).all()


@pytest.mark.slow
def test_a_seed_fixes_a_line():
    lines = [reduction.tsne(VECTORS, dimensions=1, perplexity=30, seed=seed) for seed in (1, 1)]
    assert lines[0].shape == (30, 1)
    assert np.array_equal(*lines)


def test_umap_that_is_not_installed_says_how_to_get_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "umap", None)
    with pytest.raises(ValueError, match=r"pip install 'microscribe\[umap\]'"):
        reduction.umap(VECTORS, neighbours=5, seed=0)
