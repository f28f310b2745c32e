"""Networks so small that what moves them can be worked out by hand."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import nn
from torch.nn import functional

from figures.methods import models
from figures.methods.saliency.target import Target

SIDE = 8


class Spelled(nn.Module):
    """Rectifiers as a module, a function, a method, in place, and cut off at six."""

    def __init__(self) -> None:
        super().__init__()
        self.convs = nn.ModuleList(nn.Conv2d(3, 3, 3, padding=1) for _ in range(6))
        self.relu, self.six = nn.ReLU(inplace=True), nn.ReLU6()

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        calls: list[Callable] = [self.relu, functional.relu, torch.relu, torch.Tensor.relu, self.six, functional.relu6]
        for conv, call in zip(self.convs, calls, strict=True):
            x = call(conv(x)) if call is not torch.Tensor.relu else conv(x).relu()
        return x.mean(dim=(2, 3))


def linear() -> nn.Module:
    return nn.Sequential(nn.Flatten(), nn.Linear(3 * SIDE * SIDE, 2))


def convolutional() -> nn.Module:
    return nn.Sequential(
        nn.Conv2d(3, 4, 3, stride=2, padding=1), nn.ReLU(), nn.Conv2d(4, 6, 3, padding=1), nn.ReLU(),
        nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(6, 3),
    )  # fmt: skip


def positive() -> nn.Module:
    """A network that no number below zero ever passes through, on its way there or back."""
    network = convolutional()
    for parameter in network.parameters():
        parameter.data.abs_()
    return network


def model(make: Callable[[], nn.Module], seed: int = 0) -> models.Model:
    def seeded() -> nn.Module:
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(seed)
            return make()

    return models.made(f"{make.__name__}-{seed}", seeded, size_px=SIDE)


def target(make: Callable[[], nn.Module], unit: str = "logits:1") -> Target:
    made = model(make)
    return Target(made, made.unit(unit), (0, 0))


def picture(seed: int = 1) -> torch.Tensor:
    return torch.rand(3, SIDE, SIDE, generator=torch.Generator().manual_seed(seed))


def pooled(bias: bool = False) -> nn.Module:
    """Rectifiers and max-pools alone lie between the convolutions."""
    return nn.Sequential(
        nn.Conv2d(3, 5, 3, padding=1, bias=bias), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(5, 7, 3, padding=1, bias=bias),
        nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(7, 6, 1, bias=bias), nn.ReLU(), nn.Flatten(), nn.Linear(24, 3, bias=bias),
    )  # fmt: skip


def biased() -> nn.Module:
    return pooled(bias=True)


class Residual(nn.Module):
    """The second convolution can be gone round."""

    def __init__(self) -> None:
        super().__init__()
        self.first, self.second = nn.Conv2d(3, 4, 3, padding=1), nn.Conv2d(4, 4, 3, padding=1)
        self.last = nn.Conv2d(4, 4, 1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        before = torch.relu(self.first(x))
        return self.last(before + torch.relu(self.second(before))).mean(dim=(2, 3))
