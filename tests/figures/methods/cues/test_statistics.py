"""Statistics of maps forget places, and what is normalised to others has theirs."""

from __future__ import annotations

import pytest
import torch

from figures.methods.cues import statistics


@pytest.fixture
def maps() -> tuple[torch.Tensor, torch.Tensor]:
    generator = torch.Generator().manual_seed(0)
    return tuple(1 + torch.randn(2, 5, 6, 7, generator=generator, dtype=torch.float64) * s for s in (1, 3))  # type: ignore[return-value]


@pytest.mark.parametrize("summary", [statistics.gram, statistics.moments])
def test_places_may_be_shuffled(maps, summary):
    order = torch.randperm(42, generator=torch.Generator().manual_seed(1))
    shuffled = maps[0].flatten(2)[..., order].view_as(maps[0])
    torch.testing.assert_close(summary(shuffled), summary(maps[0]))


def test_gram_is_the_mean_product_of_channels():
    maps = torch.tensor([[[[1.0, 2.0]], [[3.0, -1.0]]]])
    assert statistics.gram(maps).tolist() == [[[2.5, 0.5], [0.5, 5.0]]]


def test_normalised_maps_have_the_moments_of_the_style(maps):
    content, style = maps
    torch.testing.assert_close(
        statistics.moments(statistics.adain(content, style)), statistics.moments(style), rtol=1e-4, atol=1e-4
    )


def test_maps_in_their_own_style_are_as_they_were(maps):
    torch.testing.assert_close(statistics.adain(maps[0], maps[0]), maps[0])


def test_normalising_keeps_where_things_are(maps):
    content, style = maps
    made = statistics.adain(content, style).flatten(2)
    correlations = [
        torch.corrcoef(torch.stack([a, b]))[0, 1] for a, b in zip(made[0], content.flatten(2)[0], strict=True)
    ]
    torch.testing.assert_close(torch.stack(correlations), torch.ones(5, dtype=torch.float64))


@pytest.mark.parametrize("summary", [statistics.gram, statistics.moments])
def test_the_slope_of_a_distance_is_that_of_finite_differences(maps, summary):
    wanted = summary(maps[1][:1])
    given = maps[0][:1].clone().requires_grad_()
    assert torch.autograd.gradcheck(lambda values: statistics.distance(summary(values), wanted), given)


def test_a_distance_is_relative(maps):
    one, other = maps
    torch.testing.assert_close(statistics.distance(3 * one, 3 * other), statistics.distance(one, other))
    assert statistics.distance(one, one).tolist() == [0, 0]
    torch.testing.assert_close(statistics.distance(0 * one, other), torch.ones(2, dtype=torch.float64))
