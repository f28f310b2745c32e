"""Contributions make up the activation, however a unit comes about."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from figures.methods import datasets, models
from figures.methods.activations import activations
from figures.methods.contributions import contributions, layer_before, source_layer

PLACES = ((0, 8, 8), (1, 0, 15), (2, 6, 9), (3, 12, 3))
ONES = 48
"""Units of mixed3b below this number are one 1x1 convolution of mixed3a."""


@pytest.fixture(scope="module")
def model() -> models.Model:
    return models.load("glyphs")


@pytest.fixture(scope="module")
def data() -> datasets.Dataset:
    return datasets.load("glyphs:24")


def split(model, data, unit: str, places=PLACES, layer: str = ""):
    image, y, x = np.array(places).T
    return contributions(model, data.images(image), model.unit(unit), np.stack([y, x], axis=1), layer)


@pytest.mark.parametrize("unit", [0, 17, ONES - 1])
def test_contributions_of_a_linear_layer_are_weights_times_activations_and_make_z_with_the_bias(model, data, unit):
    found = split(model, data, f"mixed3b:{unit}")
    conv = model.network.mixed3b.ones.conv
    image, y, x = np.array(PLACES).T
    h = activations(model, data.images(image), "mixed3a", pre=False)[torch.arange(4), :, y, x]
    weights, bias = conv.weight[unit, :, 0, 0].cpu(), float(conv.bias[unit])
    assert torch.allclose(found.maps[torch.arange(4), :, y, x].cpu(), weights * h, atol=1e-6)
    z = activations(model, data.images(image), "mixed3b")[torch.arange(4), unit, y, x]
    assert ((weights.double() * h.double()).sum(dim=1) + bias).numpy() == pytest.approx(z.numpy(), abs=1e-5)
    assert (found.total.cpu() + bias).numpy() == pytest.approx(z.numpy(), abs=1e-5)
    assert found.rest.cpu().numpy() == pytest.approx(bias, abs=1e-5)
    elsewhere = found.maps.abs().sum(dim=1)
    elsewhere[torch.arange(4), y, x] = 0
    assert not elsewhere.any()


def test_pooling_and_a_wider_kernel_stay_linear(model, data):
    found = split(model, data, "conv2:7", ((0, 12, 9), (1, 30, 4), (2, 0, 0), (3, 31, 31)))
    assert found.rest.cpu().numpy() == pytest.approx(float(model.network.conv2.affine.conv.bias[7]), abs=1e-5)


def test_behind_a_rectified_bottleneck_z_is_linear_near_where_it_is(model, data):
    """A small step of all activations moves z by the same share of the sum of contributions."""
    images, step = data.images(np.arange(4)), 1e-4
    found = split(model, data, "mixed3b:188")
    mixed = model.network.mixed3b
    h = activations(model, images, "mixed3a", pre=False)
    with torch.no_grad():
        grown = mixed.fives(mixed.fives_in((h * (1 + step)).to(next(mixed.parameters()).device))).cpu()
    _, y, x = np.array(PLACES).T
    moved = grown[torch.arange(4), 188 - ONES - 128, y, x] - found.value.cpu()
    assert (moved / step).numpy() == pytest.approx(found.total.cpu().numpy(), abs=0.02)


def test_a_minus_turns_contributions_around(model, data):
    up, down = split(model, data, "mixed3b:188"), split(model, data, "mixed3b:188-")
    assert torch.equal(up.maps, -down.maps)
    assert torch.equal(up.value, -down.value)


def test_the_layer_before(model):
    assert layer_before(model, "mixed3b") == "mixed3a" == layer_before(model, "mixed3b.pre")
    assert layer_before(model, "shape") == "mixed4b"
    with pytest.raises(ValueError, match="conv1 is the first layer of glyphs"):
        layer_before(model, "conv1")
    for layer, words in (("mixed3b", "mixed3b comes not before mixed3b:3"), ("shape", "shape comes not before")):
        with pytest.raises(ValueError, match=words):
            source_layer(model, model.unit("mixed3b:3"), layer)
    with pytest.raises(ValueError, match="mixed3b:3@1,2 is one position; expected a whole channel, mixed3b:3"):
        source_layer(model, model.unit("mixed3b:3@1,2"))


def test_a_layer_that_comes_later_does_not_reach_the_unit(model, data):
    with pytest.raises(
        ValueError, match="mixed4a does not reach mixed3b:3; expected a layer before it, such as mixed3a"
    ):
        split(model, data, "mixed3b:3", layer="mixed4a")
