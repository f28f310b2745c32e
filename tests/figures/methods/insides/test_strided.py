"""The way back through a convolution that strides is that of PyTorch."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from figures.methods.insides import strided


@pytest.mark.parametrize(
    ("size", "stride", "padding", "side"), [(7, 2, 3, 32), (7, 2, 0, 33), (11, 4, 2, 40), (5, 2, 1, 30), (5, 3, 0, 22)]
)
def test_a_gradient_comes_back_as_it_would(size, stride, padding, side):
    torch.manual_seed(0)
    convolution = nn.Conv2d(3, 8, size, stride=stride, padding=padding).requires_grad_(False)
    x = torch.rand(2, 3, side, side + 1).to(memory_format=torch.channels_last).requires_grad_()
    answer = convolution(x)
    gradient = torch.randn(answer.shape, generator=torch.Generator().manual_seed(1))
    (wanted,) = torch.autograd.grad(answer, x, gradient)
    found = strided.returned(gradient, x, convolution)
    assert strided.suits(convolution)
    assert found.shape == wanted.shape
    assert torch.allclose(found, wanted, atol=1e-5)


@pytest.mark.parametrize(
    "convolution",
    [
        nn.Conv2d(3, 8, 7),
        nn.Conv2d(3, 8, 3, stride=2),
        nn.Conv2d(8, 8, 7, stride=2),
        nn.Conv2d(3, 9, 7, stride=2, groups=3),
        nn.Conv2d(3, 8, 7, stride=2, dilation=2),
        nn.Conv2d(3, 8, 7, stride=(2, 1)),
    ],
)
def test_others_go_back_as_they_are(convolution):
    assert not strided.suits(convolution)
