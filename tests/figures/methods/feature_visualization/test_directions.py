"""A picture of a direction raises the mixture that was asked for, the same alone and in company."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch

from figures.methods import models
from figures.methods.feature_visualization import transforms
from figures.methods.feature_visualization.colours import mixing
from figures.methods.feature_visualization.directions import Towards, along, towards
from figures.methods.feature_visualization.glances import Glance
from figures.methods.feature_visualization.recipe import Recipe

QUICK = Recipe(steps=24, picture_px=64, redirected_steps=2)


@pytest.fixture(scope="module")
def glyphs() -> models.Model:
    return models.load("glyphs")


def test_far_along_counts_less_where_most_points_elsewhere():
    direction = torch.tensor([[1.0, 0.0]])
    answers = torch.tensor([[2.0, 0.0]]), torch.tensor([[2.0, 2.0]]), torch.tensor([[2.0, -2.0]])
    straight, aside, below = (float(along(one, direction, cut=True)) for one in answers)
    assert straight == pytest.approx(2.0)
    assert aside == pytest.approx(1.0)
    assert below == pytest.approx(2.0)
    assert float(along(answers[2], direction, cut=False)) == pytest.approx(1.0)


def test_what_points_away_is_drawn_near():
    """Also where nothing is reached, the way there must be told."""
    answers = torch.tensor([[-1.0, 0.5]], requires_grad=True)
    along(answers, torch.tensor([[1.0, 0.0]]), cut=True).sum().backward()
    assert answers.grad[0, 0] > 0


def two(glyphs: models.Model) -> np.ndarray:
    """A mixture of two channels, and another channel alone."""
    directions = np.zeros((2, glyphs.size("conv2")))
    directions[0, [3, 7]], directions[1, 20] = 0.5, 4.0
    return directions


@pytest.mark.slow
def test_pictures_come_to_answer_along_their_own_direction_more_than_along_another(glyphs):
    ascent = Towards.start_at(glyphs, "conv2", torch.as_tensor(two(glyphs)), [1, 2], QUICK, mixing(glyphs, QUICK, None))
    still = transforms.still(2, ascent.look.placed_px)
    before = ascent.goal(Glance(still)).detach()
    ascent.run()
    after = ascent.goal(Glance(still)).detach()
    assert (after > before).all()
    assert (after > replace(ascent, directions=ascent.directions.flip(0)).goal(Glance(still))).all()


@pytest.mark.slow
def test_a_picture_is_the_same_alone_and_in_company(glyphs):
    directions = two(glyphs)
    images = towards(glyphs, "conv2", directions, recipe=QUICK).images
    assert images.shape == (2, 64, 64, 3)
    alone = towards(glyphs, "conv2", directions[:1], recipe=QUICK).images
    assert np.abs(alone[0].astype(int) - images[0]).max() <= 2


def test_directions_have_as_many_channels_as_the_layer(glyphs):
    with pytest.raises(ValueError, match=r"directions \(1, 3\); expected \(directions, 48\)"):
        towards(glyphs, "conv2", np.ones((1, 3)), recipe=QUICK)
