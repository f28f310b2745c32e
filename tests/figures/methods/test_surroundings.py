"""A square is enough where nothing but receptive fields reaches what is read: found by trying, not by names."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import torch

from figures import lab
from figures.methods import activations, models, views
from figures.methods.surroundings import Cut, reaches_in, stands_alone
from figures.specs import Site

NETS = """
import torch
from torch import nn

def conv(inputs, outputs, stride=1):
    return nn.Sequential(nn.Conv2d(inputs, outputs, 3, stride, 1), nn.ReLU())

class Gate(nn.Module):
    def __init__(self, channels, pool):
        super().__init__()
        self.pool, self.inner = pool(1), nn.Conv2d(channels, channels, 1)

    def forward(self, x):
        return x * torch.sigmoid(4 * self.inner(self.pool(x)))

class Over(nn.Module):
    def forward(self, x):
        return nn.functional.layer_norm(x, x.shape[1:])

class Mixer(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.attention = nn.MultiheadAttention(channels, 2, batch_first=True)

    def forward(self, x):
        n, channels, height, width = x.shape
        line = x.flatten(2).transpose(1, 2)
        mixed = line + 4 * self.attention(line, line, line, need_weights=False)[0]
        return mixed.transpose(1, 2).reshape(n, channels, height, width)

def net(middle, size=64):
    return nn.Sequential(conv(3, 8, 2), middle, conv(8, 8, 2), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(8, 3))

def plain(): return net(nn.BatchNorm2d(8))
def late(): return nn.Sequential(conv(3, 8, 2), conv(8, 8, 2), Gate(8, nn.AdaptiveAvgPool2d))
def gated(): return net(Gate(8, nn.AdaptiveAvgPool2d))
def peaked(): return net(Gate(8, nn.AdaptiveMaxPool2d))
def grouped(): return net(nn.GroupNorm(2, 8))
def instance(): return net(nn.InstanceNorm2d(8))
def spread(): return net(Over())
def attended(): return net(Mixer(8))
def resized(): return nn.Sequential(conv(3, 8, 2), nn.AdaptiveAvgPool2d(16), conv(8, 8), nn.Conv2d(8, 4, 1))
"""
WIDE = ("gated", "peaked", "grouped", "instance", "spread", "attended")
NARROW = ("plain", "late")


@pytest.fixture(scope="module")
def load(tmp_path_factory: pytest.TempPathFactory) -> Iterator:
    root: Path = tmp_path_factory.mktemp("site")
    (root / "wide_nets.py").write_text(NETS, encoding="utf-8")
    sizes = {**dict.fromkeys((*WIDE, *NARROW), 64), "resized": 32}
    tables = {
        name: {"factory": f"wide_nets:{name}", "weights": "none", "input_size": size} for name, size in sizes.items()
    }
    tables["odd"] = {**tables["plain"], "input_size": 65}
    with lab.using(lab.Lab(site=Site(root, tables))):
        yield models.load


def answers_apart(model: models.Model, layer: str) -> float:
    """Return how far a square alone and in an image answer apart, over the spread; the square is `view`'s."""
    seen, (index, _) = views.view(model, layer), activations.center(model, layer)
    first = (index - seen.index[0]) * model.receptive_field(layer).stride_px
    images = torch.rand(2, 3, *[model.input_size] * 2, generator=torch.Generator().manual_seed(5))
    cut = images[:, :, first : first + seen.size_px, first : first + seen.size_px]
    whole = activations.activations(model, images, layer)[:, :, index, index]
    alone = activations.activations(model, cut, layer)[:, :, seen.index[0], seen.index[1]]
    return float((whole - alone).square().mean().sqrt() / whole.std(dim=0).mean())


@pytest.mark.parametrize("name", WIDE)
def test_what_pools_over_the_picture_is_measured_on_all_of_it(load, name):
    model, layer = load(name), "2"
    before = views.looking(model, "0", None)
    assert before == views.view(model, "0")
    assert not views.sees_whole(model, "0")
    assert views.looking(model, layer, None).size_px == model.input_size
    assert views.sees_whole(model, layer)
    assert views.view(model, layer).size_px == model.input_size or answers_apart(model, layer) > 0.005


@pytest.mark.parametrize("name", [*NARROW, "odd"])
def test_convolutions_keep_their_squares(load, name):
    model = load(name)
    for layer in ("0", "1") if name == "late" else ("0", "2"):
        assert views.looking(model, layer, None) == views.view(model, layer)
        assert views.view(model, layer).size_px < model.input_size
        assert not views.sees_beyond(model, layer)
        assert answers_apart(model, layer) < 1e-5


def test_a_square_at_the_border_sees_the_border_alike_in_all_surroundings(load):
    model, layer = load("plain"), "2"
    corner = Cut(side_px=32, first_px=0, first=0, stop=4)
    assert stands_alone(model, layer, corner)
    assert not reaches_in(model, layer, corner)


def test_a_square_that_is_smaller_than_a_field_does_not_stand_alone(load):
    model, layer = load("plain"), "2"
    field, (index, _) = model.receptive_field(layer), activations.center(model, layer)
    first = field.first_px(index) // field.stride_px * field.stride_px + field.stride_px
    at = index - first // field.stride_px
    assert reaches_in(model, layer, Cut(field.size_px // 4 * 4, first, at, at + 1))


def test_pooling_to_a_number_of_cells_lets_no_surroundings_in_but_needs_the_whole_picture(load):
    model = load("resized")
    assert not views.sees_beyond(model, "2")
    assert views.looking(model, "2", None).size_px == model.input_size


def test_a_class_and_a_field_as_large_as_the_picture_leave_nothing_beyond():
    model = models.load("glyphs")
    assert not any(views.sees_beyond(model, layer) for layer in (*model.layers, "shape"))
    assert views.sees_whole(model, "shape")
    assert views.sees_whole(model, "mixed4b")
    assert not views.sees_whole(model, "mixed3b")


@pytest.mark.parametrize("name", ["glyphs", "glyphs@none", "torchvision/googlenet@none"])
def test_the_squares_of_convolutional_networks_are_those_of_their_fields(name):
    model = models.load(name)
    for layer in model.main[:5]:
        assert views.looking(model, layer, None) == views.view(model, layer)
        assert views.looking(model, layer, None, 0) == views.view(model, layer, 0)


def test_gates_of_a_network_as_people_use_it_are_found():
    model = models.load("torchvision/mobilenet_v3_small@none")
    assert views.looking(model, "features.0", None) == views.view(model, "features.0")
    for layer in ("features.1", "features.4", "features.6"):
        assert views.sees_beyond(model, layer)
        assert views.looking(model, layer, None, 0).size_px == model.input_size
    assert not views.sees_beyond(model, "logits")
