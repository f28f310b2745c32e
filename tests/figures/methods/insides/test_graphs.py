"""Any layer of any network: read as hooks on the whole network would, and no further than needed."""

from __future__ import annotations

import pytest
import torch
from torch.nn import functional as F

from figures.methods import activations, models
from tests.figures.methods.insides.toy_networks import as_maps, hooked
from tests.figures.methods.library_networks import small


def test_a_part_of_the_network_answers_as_the_whole_does(toy, images):
    whole = hooked(toy.network, images)
    layers = [name for name in toy.layers if not name.startswith("block.")]
    found = activations.read(toy, images, [*layers, "logits"], pre=False)
    for name in layers:
        assert torch.allclose(found[name], as_maps(whole[name], toy.part(name).layout), atol=1e-6), name
    assert torch.allclose(found["logits"][:, :, 0, 0], whole["logits"], atol=1e-6)


def test_what_is_written_in_place_can_be_read_before(toy, images):
    block = toy.network.block
    found = activations.read(toy, images, ["stem", "block.one", "block.relu", "block.two", "block.relu_1"], pre=False)
    with torch.no_grad():
        one = F.conv2d(found["stem"], block.one.weight, block.one.bias, padding=1)
        two = F.conv2d(one.relu(), block.two.weight, block.two.bias, padding=1)
    expected = {"block.one": one, "block.relu": one.relu(), "block.two": two}
    for name, maps in {**expected, "block.relu_1": (two + found["stem"]).relu()}.items():
        assert torch.allclose(found[name], maps, atol=1e-6), name
    assert found["block.one"].min() < 0


@pytest.mark.parametrize("layer", ["block", "block.relu", "mixed", "mixed.ones"])
def test_before_a_rectifier_is_what_it_rectifies(toy, images, layer):
    found = activations.read(toy, images, [layer, f"{layer}.pre"], pre=False)
    assert toy.part(layer).rectified
    assert found[f"{layer}.pre"].min() < 0
    assert torch.equal(found[layer], found[f"{layer}.pre"].relu())
    assert torch.equal(activations.read(toy, images, [layer])[layer], found[f"{layer}.pre"])


def test_before_another_nonlinearity_is_read_only_by_name(toy, images):
    found = activations.read(toy, images, ["last", "last.pre", "last.0"])
    assert toy.part("last").pre
    assert not toy.part("last").rectified
    assert torch.allclose(found["last"], F.silu(found["last.pre"]))
    assert torch.equal(found["last.pre"], found["last.0"])


def test_there_is_nothing_before_a_layer_without_a_nonlinearity(toy):
    with pytest.raises(ValueError, match=r"stem of Toy ends in no nonlinearity: there is no stem\.pre"):
        toy.unit("stem.pre:0")


def test_layers_behind_do_not_run(toy, images):
    ran = []
    leaves = [module for module in toy.network.modules() if not list(module.children())]
    handles = [one.register_forward_hook(lambda module, *_: ran.append(module)) for one in leaves]
    activations.read(toy, images, ["block"])
    for handle in handles:
        handle.remove()
    read = {toy.network.stem, toy.network.block.one, toy.network.block.relu, toy.network.block.two}
    assert {toy.network.stem, toy.network.block.two} <= set(ran) <= read


def test_readings_pass_gradients_to_the_image(toy, images):
    image = images.clone().requires_grad_()
    activations.read(toy, image, ["tokens.mlp"])["tokens.mlp"].sum().backward()
    assert image.grad.abs().sum() > 0


def test_other_sizes_than_the_networks_own_can_be_read(toy):
    assert activations.read(toy, torch.rand(1, 2, 24, 24), ["mixed"])["mixed"].shape == (1, 8, 12, 12)
    assert activations.read(toy, torch.rand(1, 2, 24, 24), ["tokens.mlp"])["tokens.mlp"].shape == (1, 8, 12, 12)


@pytest.fixture(scope="module")
def resnet() -> models.Model:
    return small("resnet18")


@pytest.mark.slow
@pytest.mark.parametrize("name", ["resnet18", "densenet121", "shufflenet_v2_x0_5"])
def test_layers_are_read_as_the_whole_network_answers(name):
    model, images = small(name), torch.rand(2, 3, 64, 64)
    inner = model.network.inner
    whole = {}
    handles = [
        inner.get_submodule(layer).register_forward_hook(lambda _m, _i, out, n=layer: whole.__setitem__(n, out.clone()))
        for layer in model.main
    ]
    logits = model.network(images)
    for handle in handles:
        handle.remove()
    found = activations.read(model, images, [*model.main, "logits"], pre=False)
    for layer in model.main:
        rounding = 1e-5 * whole[layer].abs().max().item()
        assert torch.allclose(found[layer], whole[layer], atol=rounding), layer
    assert torch.allclose(found["logits"][:, :, 0, 0], logits, atol=1e-4)


def test_residual_blocks_are_read_before_their_last_rectifier(resnet):
    found = activations.read(resnet, torch.rand(1, 3, 64, 64), ["layer2.0", "layer2.0.pre", "layer2"], pre=False)
    assert found["layer2.0.pre"].min() < 0
    assert torch.equal(found["layer2.0"], found["layer2.0.pre"].relu())
