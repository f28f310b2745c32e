"""Votes of places: their mean is the logit, and a patch knows nothing of what lies beside it."""

from __future__ import annotations

import functools

import pytest
import torch
from torch import nn

from figures.glyphs.bags import Bag
from figures.glyphs.network import initialise
from figures.methods import models
from figures.methods.evidence import votes
from tests.figures import small_networks

HEADS = {"shape": 4, "texture": 3}


@functools.cache
def bag(field: int = 17) -> models.Model:
    def make() -> nn.Module:
        return initialise(Bag(HEADS, field_px=field), seed=0, conv1_gain=1.0)

    layers = ("conv1", "conv2", "conv3", "conv4", "conv5", "conv6")
    return models.made(f"bag-{field}", make, size_px=64, layers=layers)


def picture(side: int = 64) -> torch.Tensor:
    return torch.rand(3, side, side, generator=torch.Generator().manual_seed(3))


def test_the_mean_of_votes_is_the_logit():
    model, image = bag(), picture()
    cast = votes.ballot(model, "shape", (2, 0), image)
    with torch.no_grad():
        mean = cast.of(model, image[None])[0].mean(dim=(1, 2))
        logits = model.network(image[None])["shape"][0, [2, 0]]
    torch.testing.assert_close(mean, logits, rtol=0, atol=1e-5)


def test_votes_are_the_weights_of_the_last_layer_and_its_bias():
    model = small_networks.model(small_networks.convolutional)
    (last,) = (module for module in model.network.modules() if isinstance(module, nn.Linear))
    cast = votes.ballot(model, "logits", (1,), small_networks.picture())
    torch.testing.assert_close(cast.weights[0], last.weight[1], rtol=1e-4, atol=1e-5)
    torch.testing.assert_close(cast.bias[0], last.bias[1], rtol=1e-4, atol=1e-5)


def test_a_network_that_asks_where_places_are_has_no_votes():
    model = small_networks.model(small_networks.biased)
    with pytest.raises(ValueError, match="more than a mean over places"):
        votes.ballot(model, "logits", (0,), small_networks.picture())


def test_votes_of_patches_at_every_pixel_hold_those_of_the_places():
    model, image = bag(), picture()
    assert votes.sees_patches(model)
    cast = votes.ballot(model, "shape", (1,), image)
    with torch.no_grad():
        coarse, fine = cast.of(model, image[None])[0], votes.at_every_pixel(model, cast, image)
    assert fine.shape == (1, 64, 64)
    torch.testing.assert_close(fine[:, 8:-8:4, 8:-8:4], coarse, rtol=1e-4, atol=1e-5)


def test_a_pixel_moves_the_votes_of_the_patches_that_hold_it_and_no_others():
    model, image = bag(), picture()
    cast, moved = votes.ballot(model, "shape", (1,), image), image.clone()
    moved[:, 30, 40] = 1 - moved[:, 30, 40]
    with torch.no_grad():
        apart = votes.at_every_pixel(model, cast, moved) - votes.at_every_pixel(model, cast, image)
    rows, columns = apart[0].ne(0).nonzero().T
    assert (rows.min(), rows.max(), columns.min(), columns.max()) == (30 - 8, 30 + 8, 40 - 8, 40 + 8)


def test_a_border_makes_places_see_more_than_patches():
    assert not votes.sees_patches(small_networks.model(small_networks.convolutional))
