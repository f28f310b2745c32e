"""What is known of layers without their weights: order, layouts, sizes, receptive fields."""

from __future__ import annotations

import pytest
import torch

from figures.methods import activations, networks
from figures.methods.assembly import describing
from figures.methods.receptive_field import box
from tests.figures.methods.insides.toy_networks import SIZE
from tests.figures.methods.library_networks import small


def test_layers_come_in_forward_order_with_their_layouts(toy):
    found = {name: (layer.layout, layer.prefix) for name, layer in toy.anatomy.layers.items()}
    assert list(found)[:5] == ["stem", "block.one", "block.relu", "block.two", "block.relu_1"]
    assert (found["block"], found["mixed"]) == (("map", 0), ("map", 0))
    assert (found["last"], found["last.0"]) == (("map-last", 0), ("map-last", 0))
    assert (found["tokens.mlp"], found["tokens.attend"]) == (("tokens", 1), ("tokens", 1))
    assert found["head"] == ("vector", 0)
    sizes = [(layer.channels, layer.height, layer.width) for layer in toy.anatomy.layers.values()]
    assert set(sizes) == {(4, 8, 8), (3, 8, 8), (5, 8, 8), (8, 8, 8), (12, 8, 8), (3, 1, 1)}


def test_attention_sees_the_whole_image(toy):
    fields = {name: toy.receptive_field(name) for name in ("stem", "block", "tokens.attend", "tokens", "head")}
    assert [field.size_px for field in fields.values()] == [3, 11, SIZE, SIZE, SIZE]
    assert [field.stride_px for field in fields.values()] == [2, 2, 2, 2, SIZE]
    assert activations.center(toy, "tokens") == (4, 4)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("blok:0", "Toy has no layer 'blok'; did you mean 'block'"),
        ("block.relu_2:0", "did you mean 'block.relu_1'"),
        ("mixed:8", "mixed of Toy has units 0 to 7"),
        ("tokens:0@8,0", "rows 0 to 7"),
    ],
)
def test_a_wrong_layer_names_the_nearest(toy, text, message):
    with pytest.raises(ValueError, match=message):
        toy.unit(text)


SMALL = ("resnet18", "mobilenet_v2", "squeezenet1_1", "shufflenet_v2_x0_5", "densenet121")


@pytest.mark.parametrize("name", SMALL)
def test_fields_match_the_gradient(name):
    """Where maps are pooled by averages, pixels that move the middle position fill its field to the last."""
    model = small(name, 96)
    network = model.network
    for path, module in network.named_modules():
        if isinstance(module, torch.nn.MaxPool2d):
            pool = torch.nn.AvgPool2d(module.kernel_size, module.stride, module.padding, module.ceil_mode)
            network.get_submodule(path.rpartition(".")[0]).add_module(path.rpartition(".")[2], pool)
    layers = [layer for layer in model.main if model.receptive_field(layer).size_px < 64][:3]
    assert layers
    image = torch.rand(1, 3, 96, 96, requires_grad=True)
    maps = activations.read(model, image, layers)
    for layer in layers:
        (y, x), field = activations.center(model, layer), model.receptive_field(layer)
        (gradient,) = torch.autograd.grad(maps[layer][0, :, y, x].sum(), image, retain_graph=True)
        assert box(gradient) == ((field.first_px(y), field.first_px(y) + field.size_px - 1),) * 2, layer


def test_gates_of_squeeze_and_excitation_do_not_widen():
    model = small("mobilenet_v3_small")
    assert [model.receptive_field(f"features.{i}").size_px for i in range(4)] == [3, 7, 15, 31]


@pytest.mark.parametrize(
    ("name", "layout", "expected"),
    [
        ("vit_b_16", "tokens", {"encoder.layers.encoder_layer_3": (768, 14, 1), "conv_proj": (768, 14, 0)}),
        ("swin_t", "map-last", {"features.0": (96, 56, 0), "features.3": (192, 28, 0), "features.7": (768, 7, 0)}),
        ("maxvit_t", "map", {"stem": (64, 112, 0), "blocks.1": (128, 28, 0)}),
        ("convnext_tiny", "map", {"features.1": (96, 56, 0), "features.7": (768, 7, 0)}),
        ("inception_v3", "map", {"Mixed_5b": (256, 35, 0), "Mixed_7c": (2048, 8, 0)}),
    ],
)
def test_layers_of_every_layout_are_found(name, layout, expected):
    card = describing.describe(networks.read(f"torchvision/{name}@none"))
    found = {layer: card.layers[layer] for layer in expected}
    assert {layer: (one.channels, one.height, one.prefix) for layer, one in found.items()} == expected
    assert layout in {one.layout for one in found.values()}
    assert set(card.main) >= set(expected)
    assert len(card.heads["logits"]) == 1000
