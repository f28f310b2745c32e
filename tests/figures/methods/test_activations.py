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
    watched = {name: glyphs.network.get_submodule(name) for name in ("mixed3b.ones.conv", "mixed4a.ones.conv")}
    handles = [module.register_forward_hook(lambda *_, n=name: ran.append(n)) for name, module in watched.items()]
    try:
        found = activations.read(glyphs, images, ["conv2", "mixed3b"])
    finally:
        for handle in handles:
            handle.remove()
    assert set(found) == {"conv2", "mixed3b"}
    assert ran == ["mixed3b.ones.conv"]


def test_hooks_do_not_leak(glyphs, images):
    before = hooks(glyphs.network)
    for _ in range(20):
        activations.activations(glyphs, images[:1], "conv1")
    with pytest.raises(ValueError, match="images of 5 channels; expected 1 or 3"):
        activations.read(glyphs, torch.zeros(1, 5, 64, 64), ["conv1"])
    assert hooks(glyphs.network) == before


@pytest.mark.parametrize("layer", ["conv1", "conv2", "mixed3a", "mixed3b", "mixed4a", "mixed4b"])
def test_the_central_position_looks_at_the_middle(glyphs, layer):
    field, (y, x) = glyphs.receptive_field(layer), activations.center(glyphs, layer)
    assert y == x
    assert abs(field.center_px(y) - 31.5) <= field.stride_px / 2


def test_grey_images_serve_a_network_for_colours(glyphs, images):
    grey = images.mean(dim=1, keepdim=True)
    expected = activations.activations(glyphs, grey.expand(-1, 3, -1, -1), "conv2")
    assert torch.equal(activations.activations(glyphs, grey, "conv2"), expected)


def test_colours_become_grey_by_their_brightness():
    primaries = torch.eye(3)[:, :, None, None]
    assert activations.prepared(primaries, "cpu", 1).flatten().tolist() == pytest.approx([0.299, 0.587, 0.114])
    assert activations.prepared(torch.ones(1, 3, 2, 2), "cpu", 1).mean() == pytest.approx(1)


def test_what_enters_the_rectifier_has_a_name_of_its_own(glyphs, images):
    found = activations.read(glyphs, images, ["mixed3b", "mixed3b.pre"], pre=False)
    assert found["mixed3b.pre"].min() < 0
    assert torch.equal(found["mixed3b"], found["mixed3b.pre"].relu())
