"""A network narrowed to a window answers there what it answers anywhere, from less."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from figures.methods.insides import fusing, graphs, narrowing

SIDE = 33
WINDOWS = [(slice(3, 5), slice(4, 5)), (slice(0, 2), slice(6, 99)), (slice(0, 99), slice(0, 99))]


class Mixed(nn.Module):
    """All that a window is known of: borders, strides, pooling, a sum and a concatenation of branches."""

    def __init__(self) -> None:
        super().__init__()
        self.border, self.stem = nn.ZeroPad2d((0, 1, 0, 1)), nn.Conv2d(3, 4, 3, stride=2)
        self.norm, self.pool = nn.BatchNorm2d(4), nn.AvgPool2d(2)
        self.uneven, self.depthwise = nn.ZeroPad2d((1, 3, 3, 1)), nn.Conv2d(4, 4, 5, groups=4)
        self.wide, self.narrow = nn.Conv2d(4, 4, 5, padding=4, dilation=2), nn.Conv2d(4, 4, 1)
        self.rectifier = nn.ReLU6()

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.pool(self.norm(self.stem(self.border((x - 0.5) / 0.2))).relu())
        x = x + self.rectifier(self.depthwise(self.uneven(x)))
        return torch.cat([self.wide(x), torch.sigmoid(self.narrow(x))], 1)


class Gated(nn.Module):
    """What looks at a whole map before it answers at a place."""

    def __init__(self) -> None:
        super().__init__()
        self.conv, self.gate = nn.Conv2d(3, 4, 3, padding=1), nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Sigmoid())

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.conv(x)
        return x * self.gate(x)


def part_of(network: nn.Module, fused: bool = False):
    traced = graphs.trace(network.eval().requires_grad_(False))
    part = traced.cut({"answer": traced.heads["logits"]})
    if fused:
        fusing.fuse(part)
    return part


@pytest.mark.parametrize("fused", [False, True])
@pytest.mark.parametrize(("rows", "columns"), WINDOWS)
def test_a_window_is_answered_as_in_the_whole_map(fused, rows, columns):
    torch.manual_seed(0)
    part, images = part_of(Mixed(), fused), torch.rand(2, 3, SIDE, SIDE)
    whole = part(images)["answer"]
    window = narrowing.narrow(part, images[:1], rows, columns)(images)
    assert window.shape == whole[:, :, rows, columns].shape
    assert torch.allclose(window, whole[:, :, rows, columns], atol=1e-6)
    assert torch.equal(part(images)["answer"], whole)


@pytest.mark.parametrize("pool", [nn.MaxPool2d(3, 2, padding=1), nn.MaxPool2d(3, 2, ceil_mode=True)])
@pytest.mark.parametrize(("rows", "columns"), [*WINDOWS, (slice(13, 16), slice(15, 16))])
def test_the_border_of_a_pooling_is_never_its_maximum(pool, rows, columns):
    part, images = part_of(nn.Sequential(nn.Conv2d(3, 4, 2), pool)), -torch.rand(2, 3, SIDE, SIDE)
    window = narrowing.narrow(part, images[:1], rows, columns)(images)
    assert torch.allclose(window, part(images)["answer"][:, :, rows, columns], atol=1e-6)


def test_no_more_is_computed_than_the_window_sees():
    network, images = nn.Sequential(nn.Conv2d(3, 4, 3, padding=1), nn.ReLU(), nn.Conv2d(4, 4, 3, padding=1)), []
    part = part_of(network)
    narrowed = narrowing.narrow(part, torch.rand(1, 3, SIDE, SIDE), slice(16, 17), slice(16, 17))
    for module in narrowed.modules():
        if isinstance(module, nn.Conv2d):
            module.register_forward_hook(lambda _module, inputs, _output: images.append(inputs[0].shape[-1]))
    narrowed(torch.rand(1, 3, SIDE, SIDE))
    assert images == [5, 3]


def test_a_window_does_not_depend_on_what_it_does_not_see():
    part, images = part_of(Mixed()), torch.rand(2, 3, SIDE, SIDE)
    narrowed = narrowing.narrow(part, images, slice(0, 1), slice(0, 1))
    other = images.clone()
    other[:, :, -5:, -5:] = float("nan")
    assert torch.equal(narrowed(images), narrowed(other))


@pytest.mark.parametrize(
    "network",
    [
        Gated(),
        nn.Sequential(nn.Conv2d(3, 4, 3, padding=1, padding_mode="reflect"), nn.ReLU()),
        nn.Sequential(nn.Conv2d(3, 4, 3), nn.AvgPool2d(3, 2, padding=1)),
        nn.Sequential(nn.Conv2d(3, 4, 3), nn.Upsample(scale_factor=2)),
    ],
)
def test_what_may_look_elsewhere_is_not_narrowed(network):
    assert narrowing.narrow(part_of(network), torch.rand(1, 3, SIDE, SIDE), slice(3, 4), slice(3, 4)) is None
