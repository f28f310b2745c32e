"""Borders and rectifiers joined with their convolutions: the answers and gradients stay, and passes go."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from figures.methods.feature_visualization import objectives
from figures.methods.insides import fusing, graphs

CHANNELS = 6


def filters(kernel: int, stride: int, **options) -> nn.Conv2d:
    return nn.Conv2d(CHANNELS, CHANNELS, kernel, stride, **{"groups": CHANNELS, **options})


def read(*modules: nn.Module) -> tuple[nn.Module, nn.Module]:
    """Return a chain as it was, and joined."""
    torch.manual_seed(0)
    network = nn.Sequential(*modules).eval().requires_grad_(False)
    traced = graphs.trace(network)
    part = traced.cut({"answer": traced.heads["logits"]})
    fusing.fuse(part)
    return network, part


def kinds(part: nn.Module) -> list[str]:
    return sorted(type(one).__name__ for one in part.modules() if not list(one.children()))


def same(network: nn.Module, part: nn.Module, channels: int = CHANNELS) -> bool:
    plain, joined = (torch.randn(2, channels, 9, 12, generator=torch.Generator().manual_seed(1)) for _ in range(2))
    quiet = torch.allclose(part(joined)["answer"], network(plain), atol=1e-5)
    plain.requires_grad_(), joined.requires_grad_()
    network(plain).square().sum().backward()
    part(joined)["answer"].square().sum().backward()
    return quiet and torch.allclose(plain.grad, joined.grad, atol=1e-4)


@pytest.mark.parametrize("border", [(1, 1, 1, 1), (0, 1, 0, 1), (1, 0, 2, 0), (2, 1, 0, 3)])
@pytest.mark.parametrize(("kernel", "stride"), [(3, 1), (3, 2), (5, 2)])
def test_a_border_becomes_padding_however_uneven(border, kernel, stride):
    network, part = read(nn.ZeroPad2d(border), filters(kernel, stride, padding=1))
    assert kinds(part) == ["Conv2d"]
    assert same(network, part)


@pytest.mark.parametrize("rectifier", [nn.ReLU(), nn.ReLU6()])
def test_a_rectifier_is_part_of_its_convolution(rectifier):
    network, part = read(filters(3, 1, groups=1), nn.BatchNorm2d(CHANNELS), nn.Identity(), rectifier)
    assert kinds(part) == ["Conv2d"]
    assert any(isinstance(one, fusing.Rectified) for one in part.modules())
    assert same(network, part)


@pytest.mark.parametrize(
    "modules",
    [
        (nn.ZeroPad2d((0, 1, 0, 1)), filters(3, 1, groups=1)),  # a wider dense filter costs more than a border
        (nn.ZeroPad2d((0, 1, 0, 1)), filters(3, 1, dilation=2)),
        (nn.ZeroPad2d((-1, 0, 0, 0)), filters(3, 1)),
        (nn.ZeroPad2d(1), filters(3, 1, padding_mode="reflect", padding=1)),
        (nn.ZeroPad2d(1), nn.ReLU()),
    ],
)
def test_what_cannot_be_joined_stays(modules):
    network, part = read(*modules)
    assert kinds(part) == kinds(network)
    assert same(network, part)


def test_a_convolution_that_is_read_before_its_rectifier_keeps_it():
    network = nn.Sequential(filters(3, 1), nn.ReLU()).eval().requires_grad_(False)
    traced = graphs.trace(network)
    part = traced.cut({"before": traced.layers["0"], "after": traced.layers["1"]})
    fusing.fuse(part)
    images = torch.randn(2, CHANNELS, 9, 9)
    found = part(images)
    assert torch.equal(found["before"], network[0](images))
    assert torch.equal(found["after"], found["before"].relu())
    assert found["before"].min() < 0


def test_the_network_itself_stays_as_it_was():
    network, _ = read(nn.ZeroPad2d(1), filters(3, 1), nn.ReLU())
    assert kinds(network) == ["Conv2d", "ReLU", "ZeroPad2d"]
    assert network[1].padding == (0, 0)


def test_double_precision_is_answered_too():
    network, part = read(nn.ZeroPad2d(1), filters(3, 1), nn.ReLU())
    part.double()
    images = torch.randn(1, CHANNELS, 9, 9, dtype=torch.float64)
    assert torch.allclose(part(images)["answer"], network.double()(images))


def test_a_redirected_rectifier_is_redirected_within_its_convolution_too():
    _, part = read(filters(1, 1), nn.ReLU())
    (joined,) = (one for one in part.modules() if isinstance(one, fusing.Rectified))
    nn.init.ones_(joined.convolution.weight)
    nn.init.zeros_(joined.convolution.bias)
    images = torch.full((1, CHANNELS, 2, 2), -1.0, requires_grad=True)
    (-part(images)["answer"].sum()).backward()
    assert not images.grad.any()
    with objectives.redirected_rectifiers():
        (-part(images)["answer"].sum()).backward()
    assert images.grad.lt(0).all()
