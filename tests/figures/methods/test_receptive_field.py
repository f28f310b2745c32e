"""Receptive fields by recursion, against gradients and against a case worked by hand."""

from __future__ import annotations

import pytest
import torch
from torch import nn
from torch.nn import functional as F

from figures.methods import activations, models
from figures.methods.insides.anatomy import examine
from figures.methods.receptive_field import ReceptiveField, box, everything, measured_box


def receptive_fields(network: nn.Module, size: int) -> dict[str, ReceptiveField]:
    return {name: layer.receptive_field for name, layer in examine(network, size, 1).layers.items()}


class Doing(nn.Module):
    """Does what it is told between two layers of the same size, so that fields before and after can be compared."""

    def __init__(self, body, stride: int = 1):
        super().__init__()
        self.body, self.first, self.last = body, nn.Conv2d(1, 2, 3, stride, 1), nn.Identity()

    def forward(self, x):
        return self.last(self.body(self.first(x)))


def test_a_chain_worked_by_hand():
    chain = nn.Sequential(nn.Conv2d(1, 1, 7, 2, 3), nn.MaxPool2d(3, 2, 1), nn.Conv2d(1, 1, 3, padding=2, dilation=2))
    fields = receptive_fields(chain, 64)
    assert fields["0"] == ReceptiveField(7, 2, -3)
    assert fields["1"] == ReceptiveField(11, 4, -5)
    assert fields["2"] == ReceptiveField(27, 4, -13)


def test_branches_take_the_box_around_them():
    class Fork(nn.Module):
        def __init__(self):
            super().__init__()
            self.small, self.large, self.both = nn.Conv2d(1, 1, 1), nn.Conv2d(1, 1, 5, padding=2), nn.Identity()

        def forward(self, x):
            return self.both(torch.cat([self.small(x), self.large(x)], dim=1))

    assert receptive_fields(Fork(), 9)["both"] == ReceptiveField(5, 1, -2)


@pytest.mark.parametrize("layer", ["conv1", "conv2", "mixed3a", "mixed3b"])
def test_the_recursion_matches_the_gradient_box(layer):
    model = models.untrained(models.load("glyphs"))
    field, index = model.receptive_field(layer), activations.center(model, layer)[0]

    def read(image: torch.Tensor) -> torch.Tensor:
        return activations.read(model, image, [layer])[layer][0, :, index, index].sum()

    first = field.first_px(index)
    expected = (first, first + field.size_px - 1)
    rows, columns = measured_box(read, torch.rand(1, 3, 64, 64, generator=torch.Generator().manual_seed(0)))
    assert rows == columns == expected


@pytest.mark.parametrize("layer", ["mixed4a", "mixed4b"])
def test_deep_layers_reach_over_the_border(layer):
    model = models.untrained(models.load("glyphs"))
    field, index = model.receptive_field(layer), 0

    def read(image: torch.Tensor) -> torch.Tensor:
        return activations.read(model, image, [layer])[layer][0, :, index, index].sum()

    (first, last), _ = measured_box(read, torch.rand(1, 3, 64, 64, generator=torch.Generator().manual_seed(0)))
    assert first == 0
    assert last == min(field.first_px(index) + field.size_px - 1, 63)


def test_a_head_sees_the_whole_image():
    assert models.load("glyphs").receptive_field("shape").size_px == 64


def gate(x):
    return x * x.mean(dim=(2, 3), keepdim=True).sigmoid()


def attention(x):
    flat = x.flatten(2)
    return (flat @ (flat.transpose(1, 2) @ flat).softmax(dim=1)).unflatten(2, x.shape[2:])


WEIGHT = torch.ones(2, 1, 3, 3)
WAYS = {
    "padded before and after unlike": (lambda x: F.max_pool2d(F.pad(x, (0, 1, 0, 1)), 3, 2), (7, 4, -1)),
    "a functional convolution": (lambda x: F.conv2d(x, WEIGHT, padding=2, dilation=2, groups=2), (11, 2, -5)),
    "padding that keeps the size": (nn.Conv2d(2, 2, 4, padding="same"), (9, 2, -3)),
    "a pool that rounds up": (nn.AvgPool2d(3, 2, ceil_mode=True), (7, 4, -1)),
    "an adaptive pool that changes nothing": (nn.AdaptiveAvgPool2d(16), (3, 2, -1)),
    "an adaptive pool of even windows": (nn.AdaptiveMaxPool2d(8), (5, 4, -1)),
    "the mean of everything": (nn.AdaptiveAvgPool2d(1), (32, 32, 0)),
    "a mean over all places": (lambda x: x.mean(dim=(2, 3), keepdim=True), (32, 32, 0)),
    "attention": (attention, (32, 2, -15)),
    "a gate from squeeze and excitation": (gate, (3, 2, -1)),
    "every second position": (lambda x: x[:, :, 1::2, 1::2], (3, 4, 1)),
    "a copy at twice the size": (lambda x: F.interpolate(x, scale_factor=2), (4, 1, -2)),
    "a blend at twice the size": (nn.Upsample(scale_factor=2, mode="bilinear"), (6, 1, -3)),
    "there and back along axes": (lambda x: x.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2), (3, 2, -1)),
    "tokens and back": (lambda x: x.flatten(2).transpose(1, 2).transpose(1, 2).reshape(-1, 2, 16, 16), (3, 2, -1)),
    "branches of two sizes": (lambda x: torch.cat([x, F.avg_pool2d(x, 5, 1, 2)], dim=1), (11, 2, -5)),
    "shuffled channels": (lambda x: x.view(-1, 2, 1, 16, 16).transpose(1, 2).reshape(-1, 2, 16, 16), (3, 2, -1)),
    "halves of the channels": (lambda x: x.chunk(2, dim=1)[1] + 1, (3, 2, -1)),
    "rolled around": (lambda x: torch.roll(x, 3, dims=2), (32, 2, -15)),
    "windows one by one": (
        lambda x: (
            x.view(-1, 2, 4, 4, 4, 4).permute(0, 2, 4, 3, 5, 1).softmax(2).permute(0, 5, 1, 3, 2, 4).reshape(x.shape)
        ),
        (32, 2, -15),
    ),
}


@pytest.mark.parametrize("way", WAYS)
def test_every_way_of_mixing_places_is_followed(way):
    body, expected = WAYS[way]
    assert receptive_fields(Doing(body, stride=2), 32)["last"] == ReceptiveField(*expected)


@pytest.mark.parametrize(
    "way",
    [
        "padded before and after unlike", "a functional convolution", "padding that keeps the size",
        "a pool that rounds up", "an adaptive pool of even windows", "every second position",
        "a copy at twice the size", "a blend at twice the size", "branches of two sizes",
    ],
)  # fmt: skip
def test_every_field_holds_what_moves_a_position(way):
    """At every place of the map, pixels that move it lie inside its field, and at some they fill it."""
    network = Doing(WAYS[way][0], stride=2).eval()
    nn.init.ones_(network.first.weight)
    field = receptive_fields(network, 32)["last"]
    side = network(torch.zeros(1, 1, 32, 32)).shape[-1]
    reached = []
    for index in range(2, side - 2):
        (first, last), _ = measured_box(lambda x, i=index: network(x)[0, :, i, i].sum(), torch.rand(1, 1, 32, 32))
        assert field.first_px(index) <= first
        assert last <= field.first_px(index) + field.size_px - 1
        reached.append((first, last))
    starts, ends = zip(
        *((f - field.first_px(i), e - field.first_px(i)) for i, (f, e) in enumerate(reached, 2)), strict=True
    )
    pooled = isinstance(WAYS[way][0], nn.Upsample) or "pool" in way or "padded" in way
    assert pooled or (min(starts), max(ends)) == (0, field.size_px - 1)


@pytest.fixture(scope="module")
def windows():
    """Windows of 7, then shifted ones, of patches of 4 px, and then the same of four patches each."""
    from torchvision.models import SwinTransformer

    torch.manual_seed(0)
    return SwinTransformer([4, 4], 8, [2, 2], [2, 2], [7, 7], stochastic_depth_prob=0.0, num_classes=2).eval()


@pytest.mark.parametrize(("layer", "size_px"), [
    ("features.0", 4), ("features.1.0", 28), ("features.1.1", 56), ("features.2", 84), ("features.3.0", 112),
])  # fmt: skip
def test_attention_within_windows_sees_its_window_and_no_more(windows, layer, size_px):
    side = 168
    known = examine(windows, side, 3).layers[layer]
    field = known.receptive_field
    assert field.size_px == size_px
    module, kept = windows.get_submodule(layer), []
    torch.set_flush_denormal(True)  # what is masked is far from nothing only where numbers too small are kept
    module.register_forward_hook(lambda _m, _i, output: kept.append(output))
    image = torch.rand(1, 3, side, side, generator=torch.Generator().manual_seed(0), requires_grad=True)
    windows(image)
    reached = []
    for index in range(known.height):
        one = known.as_maps(kept[-1])[0, :, index, index].square().sum()
        (gradient,) = torch.autograd.grad(one, image, retain_graph=True)
        (first, last), _ = box(gradient)
        assert max(0, field.first_px(index)) <= first
        assert last <= field.first_px(index) + size_px - 1
        reached.append((first - field.first_px(index), last - field.first_px(index)))
    assert (min(first for first, _ in reached), max(last for _, last in reached)) == (0, size_px - 1)
    if layer.startswith(("features.1", "features.3")):
        inside = [i for i in range(known.height) if 0 <= field.first_px(i) <= side - size_px]
        assert {reached[i] for i in inside} == {(0, size_px - 1)}


@pytest.mark.parametrize("field", [
    ReceptiveField(11, 4, -5), ReceptiveField(28, 4, 0, window=7), ReceptiveField(56, 4, -28, window=7, shift=4),
])  # fmt: skip
def test_positions_lie_in_the_middle_of_what_their_window_sees(field):
    row = range(-field.shift, field.window - field.shift)
    assert len({field.first_px(i) for i in row}) == 1 or field.window == 1
    assert field.first_px(-field.shift) == field.start_px
    assert sum(field.place_px(i) - field.center_px(i) for i in row) == pytest.approx(0)
    assert field.place_px(5) - field.place_px(4) == field.stride_px
    assert field.first_px(field.first_inside) >= 0 > field.first_px(field.first_inside - 1)


def test_what_sees_everything_lies_on_an_even_grid():
    field = everything(224, 14)
    assert field == ReceptiveField(224, 16, -104)
    assert [field.center_px(i) for i in (0, 13)] == [7.5, 215.5]
    assert everything(64, 1) == ReceptiveField(64, 64, 0)


def test_a_number_that_no_pixel_moves_is_an_error():
    with pytest.raises(ValueError, match="no pixel moves this number"):
        measured_box(lambda image: (image * 0).sum(), torch.rand(1, 1, 4, 4))
