"""Muon: steps that have the same length in every direction."""

import pytest
import torch
from torch import nn

from figures.glyphs.muon import Muon, orthogonalized


@pytest.mark.parametrize("sides", [(6, 20), (20, 6), (9, 9)])
def test_every_direction_comes_out_about_as_long(sides):
    matrix = torch.randn(sides, generator=torch.Generator().manual_seed(0))
    lengths = torch.linalg.svdvals(orthogonalized(matrix))
    assert lengths.max() < 1.3
    assert lengths.min() > 0.4


def test_directions_stay_where_they_are():
    matrix = torch.diag(torch.tensor([3.0, -2.0, 1.0]))
    made = orthogonalized(matrix)
    assert torch.equal(made != 0, matrix != 0)
    assert torch.equal(made.sign(), matrix.sign())


def test_the_length_of_a_gradient_does_not_matter_and_none_moves_nothing():
    matrix = torch.randn(4, 12, generator=torch.Generator().manual_seed(1))
    assert torch.allclose(orthogonalized(1000 * matrix), orthogonalized(matrix), atol=1e-4)
    assert not orthogonalized(torch.zeros(4, 12)).any()


@pytest.mark.slow  # the first optimizer of a process imports much of torch
def test_a_step_goes_down_as_far_as_the_rate_says():
    weight, idle = nn.Parameter(torch.eye(3).reshape(3, 3, 1, 1)), nn.Parameter(torch.ones(2, 2))
    (3 * weight).sum().backward()
    Muon([weight, idle], lr=0.1, decay=0.0).step()
    moved = (weight.detach() - torch.eye(3).reshape(3, 3, 1, 1)).flatten(1)
    assert (moved < 0).all()  # a gradient of rank one: one direction, about as long as the rate
    assert moved.norm() == pytest.approx(0.1, rel=0.4)
    assert torch.equal(idle, torch.ones(2, 2))


@pytest.mark.slow
def test_a_slope_of_zero_leaves_the_decay_alone():
    weight = nn.Parameter(torch.ones(2, 3))
    weight.grad = torch.zeros(2, 3)
    Muon([weight], lr=0.1, decay=0.5).step()
    assert torch.allclose(weight, torch.full((2, 3), 0.95))
