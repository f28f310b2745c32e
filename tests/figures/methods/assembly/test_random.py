"""Random weights: drawn from a seed, scaled by inputs, and only where a network would draw."""

from __future__ import annotations

import dataclasses

import pytest
import torch

from figures.methods import models
from figures.methods.assembly import build, random
from tests.figures.methods.library_networks import small


@pytest.fixture(scope="module")
def resnet() -> models.Model:
    return small("resnet18")


def test_random_weights_are_drawn_from_their_seed(resnet):
    state = torch.random.get_rng_state()
    again = build.build(dataclasses.replace(resnet.spec, name="another name")).state_dict()
    other = models.untrained(resnet, seed=1)
    assert torch.equal(torch.random.get_rng_state(), state)
    own = resnet.network.state_dict()
    assert all(torch.equal(again[name], tensor) for name, tensor in own.items())
    assert not torch.allclose(other.network.inner.conv1.weight, own["inner.conv1.weight"])
    assert other.digest != resnet.digest == models.of(resnet.spec).digest
    assert other.name == "torchvision/resnet18-untrained"
    assert other.random


def test_random_weights_are_scaled_by_their_inputs(resnet):
    weight = resnet.network.inner.get_submodule("layer2.1.conv1").weight
    assert weight.std().item() == pytest.approx((2 / (128 * 9)) ** 0.5, rel=0.02)
    norm = resnet.network.inner.get_submodule("layer2.1.bn1")
    assert torch.equal(norm.weight, torch.ones(128))
    assert not resnet.network.inner.fc.bias.any()


def test_only_what_a_network_would_draw_is_drawn():
    class Scaled(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.scale = torch.nn.Parameter(torch.full((4,), 1e-6))
            self.token = torch.nn.Parameter(torch.empty(1, 64, 64))
            torch.nn.init.trunc_normal_(self.token, std=5)
            self.norm = torch.nn.LayerNorm(4)

    one, same = random.drawn(Scaled, 3), random.drawn(Scaled, 3)
    assert torch.equal(one.scale, torch.full((4,), 1e-6))
    assert torch.equal(one.norm.weight, torch.ones(4))
    assert one.token.std().item() == pytest.approx(0.02, rel=0.1)
    assert torch.equal(one.token, same.token)
    assert not torch.equal(one.token, random.drawn(Scaled, 4).token)
