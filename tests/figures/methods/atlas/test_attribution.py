"""What a place adds to a class: weights where the rest is linear, a gradient everywhere."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import nn

from figures.methods import datasets, models
from figures.methods.activations import key, prepared
from figures.methods.atlas.attribution import attributions
from figures.methods.atlas.positions import SampledPositions, positions
from tests.figures.small_networks import convolutional, linear, model

DATA = "glyphs:4"


def attributed(net: models.Model, layer: str, seen: SampledPositions, head: str = "logits") -> np.ndarray:
    where = {"image": seen.image, "y": seen.y, "x": seen.x}
    return attributions(net, datasets.load(DATA), layer, head=head, **where).values


def test_before_pooling_and_weights_it_is_the_vector_times_the_weights_by_the_area():
    net = model(convolutional)
    seen = positions(net, datasets.load(DATA), "3", count=12)
    weights = next(one for one in net.network.modules() if isinstance(one, nn.Linear)).weight.numpy()
    assert seen.vectors.any()
    assert np.allclose(attributed(net, "3", seen), seen.vectors @ weights.T / 16, atol=1e-6)


def test_elsewhere_it_is_the_vector_times_the_gradient_of_the_logit():
    net = models.load("glyphs")
    data = datasets.load(DATA)
    seen = positions(net, data, "mixed4a", count=8)
    found = attributed(net, "mixed4a", seen, "texture")
    before, own = key(net, "mixed4a", False), key(net, "texture", False)
    read = net.reader((before, own))(prepared(data.images(np.arange(4)), "cpu", 3).requires_grad_())
    (slope,) = torch.autograd.grad(read[own][:, 5].sum(), read[before])
    expected = (slope * read[before])[seen.image, :, seen.y, seen.x].sum(dim=1)
    assert np.allclose(found[:, 5], expected.detach().numpy(), atol=1e-5)


def test_all_places_together_make_the_logits_but_for_the_bias():
    net, data = model(convolutional), datasets.load(DATA)
    seen = positions(net, data, "3", per_image=16)
    bias = next(one for one in net.network.modules() if isinstance(one, nn.Linear)).bias
    with torch.no_grad():
        logits = net.network(data.sized(8, 3).images(np.arange(4))) - bias
    whole = attributed(net, "3", seen).reshape(4, 16, 3).sum(axis=1)
    assert np.allclose(whole, logits.numpy(), atol=1e-5)


def test_a_head_that_there_is_not_is_refused_with_those_that_there_are():
    assert model(linear).head() == "logits"
    with pytest.raises(ValueError, match="has no head 'shapes' \\(it has logits\\)"):
        model(linear).head("shapes")
