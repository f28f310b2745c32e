"""Colours of pictures are those of the data."""

from __future__ import annotations

import numpy as np
import pytest

from figures.methods import datasets, models
from figures.methods.feature_visualization import Recipe, visualize
from figures.methods.feature_visualization.colours import colour_matrix, colours_of, grey_matrix, mixing

QUICK = Recipe(steps=12, picture_px=64)


@pytest.fixture(scope="module")
def model() -> models.Model:
    return models.load("glyphs")


@pytest.mark.slow
def test_colours_are_those_of_the_data_given(model):
    grey = np.ones((3, 3)) * 0.05
    picture = visualize(model, ("mixed3b:3",), recipe=QUICK, colours=grey).images[0].astype(int)
    assert np.ptp(picture, axis=-1).max() <= 1
    assert mixing(model, QUICK, None).allclose(colour_matrix(colours_of(datasets.load("glyphs:512"))))
    assert mixing(model, QUICK, np.eye(1)).allclose(grey_matrix(3))


def test_grey_pictures_have_no_colour(model):
    picture = visualize(model, ("mixed3b:3",), recipe=Recipe(steps=2, colour="grey", picture_px=32)).images[0]
    assert (picture == picture[:, :, :1]).all()


def test_the_colour_matrix_is_a_square_root():
    covariance = np.array([[2.0, 1.0, 0.5], [1.0, 2.0, 0.3], [0.5, 0.3, 1.0]])
    root = colour_matrix(covariance).double().numpy()
    square = root @ root.T
    assert np.allclose(square / square[0, 0], covariance / covariance[0, 0], atol=1e-5)
    assert grey_matrix(3).shape == (3, 1)
