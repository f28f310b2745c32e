"""Activations: the right numbers, no further than needed, and nothing left behind."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from figures.methods import activations, datasets, models


@pytest.fixture(scope="module")
def glyphs() -> models.Model:
    return models.load("glyphs")


@pytest.fixture(scope="module")
def images() -> torch.Tensor:
    return datasets.load("glyphs:6").images(range(6))


def hooks(network: torch.nn.Module) -> int:
    return sum(len(module._forward_hooks) for module in network.modules())


def test_post_activations_are_rectified_pre_activations(glyphs, images):
    pre = activations.activations(glyphs, images, "mixed3b")
    post = activations.activations(glyphs, images, "mixed3b", pre=False)
    assert pre.min() < 0
    assert torch.equal(post, pre.relu())


def test_batches_and_numpy_give_the_same(glyphs, images):
    whole = activations.activations(glyphs, images, "mixed4a", batch=6)
    parts = activations.activations(glyphs, images.numpy().astype(np.float64), "mixed4a", batch=4)
    assert torch.allclose(whole, parts, atol=1e-4)


def test_logits_are_those_of_the_network(glyphs, images):
    with torch.no_grad():
        expected = glyphs.network(images)["texture"]
    assert torch.allclose(activations.logits(glyphs, images, "texture"), expected, atol=1e-4)
    with pytest.raises(ValueError, match="no head 'mixed3b'"):
        activations.logits(glyphs, images, "mixed3b")


def test_nothing_runs_beyond_the_deepest_layer(glyphs, images):
    ran = []
    handle = glyphs.network.mixed4a.register_forward_hook(lambda *_: ran.append(1))
    try:
        found = activations.read(glyphs, images, ["conv2", "mixed3b"])
    finally:
        handle.remove()
    assert set(found) == {"conv2", "mixed3b"}
    assert not ran


def test_hooks_do_not_leak(glyphs, images):
    before = hooks(glyphs.network)
    for _ in range(20):
        activations.activations(glyphs, images[:1], "conv1")
    with pytest.raises(RuntimeError):
        activations.read(glyphs, torch.zeros(1, 5, 64, 64), ["conv1"])
    assert hooks(glyphs.network) == before


@pytest.mark.parametrize("layer", ["conv1", "conv2", "mixed3a", "mixed3b", "mixed4a", "mixed4b"])
def test_the_central_position_looks_at_the_middle(glyphs, layer):
    field, (y, x) = glyphs.receptive_field(layer), activations.center(glyphs, layer)
    assert y == x
    assert abs(field.center_px(y) - 31.5) <= field.stride_px / 2
