"""A true map silences a unit sooner than its inverse does."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from figures.methods.saliency.deletion import area, curves, shares
from figures.methods.saliency.maps import BASELINE, Recipe, attributed
from tests.figures.small_networks import linear, picture, target


def test_the_truth_of_a_linear_network_falls_faster_than_its_inverse():
    made, image = target(linear), picture()
    truth = attributed(made, image, "integrated-gradients", Recipe(steps=2)).sum(dim=0).numpy()
    true, inverse = curves(made, image, truth), curves(made, image, -truth)
    assert area(true.deletion) < area(inverse.deletion)
    assert area(true.insertion) > area(inverse.insertion)


def test_curves_lead_from_the_picture_to_grey_and_back():
    made, image = target(linear), picture()
    found = curves(made, image, np.arange(64.0).reshape(8, 8), steps=4)
    ends = made.score(torch.stack([image, torch.full_like(image, BASELINE)])).tolist()
    assert found.deletion[[0, -1]] == pytest.approx(ends)
    assert found.insertion[[-1, 0]] == pytest.approx(ends)
    half = image.clone()
    half[:, 4:] = BASELINE  # the largest numbers stand below
    assert found.deletion[2] == pytest.approx(float(made.score(half[None])))


def test_an_area_is_a_mean_score():
    assert area(np.array([[1.0, 1.0, 1.0], [1.0, 0.0, 0.0]])).tolist() == [1.0, 0.25]
    assert shares(5).tolist() == [0, 0.25, 0.5, 0.75, 1]
