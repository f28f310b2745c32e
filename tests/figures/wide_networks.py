"""Small networks with random weights, most of which let all of a picture move what a position answers."""

from __future__ import annotations

import functools
from collections.abc import Callable

import torch
from torch import nn

from figures.methods import models
from figures.methods.assembly import random


class Gate(nn.Module):
    """Scales channels by what they pool over the picture, as squeeze-and-excitation blocks do."""

    def __init__(self, pool: type[nn.Module] = nn.AdaptiveAvgPool2d) -> None:
        super().__init__()
        self.pool, self.inner = pool(1), nn.Conv2d(8, 8, 1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x * torch.sigmoid(4 * self.inner(self.pool(x)))


class Over(nn.Module):
    """A norm over channels and places."""

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return nn.functional.layer_norm(x, x.shape[1:])


class Mixer(nn.Module):
    """Attention of every position to every other."""

    def __init__(self) -> None:
        super().__init__()
        self.attention = nn.MultiheadAttention(8, 2, batch_first=True)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        line = x.flatten(2).transpose(1, 2)
        mixed = line + 4 * self.attention(line, line, line, need_weights=False)[0]
        return mixed.transpose(1, 2).reshape(x.shape)


def _conv(inputs: int, stride: int) -> nn.Module:
    return nn.Sequential(nn.Conv2d(inputs, 8, 3, stride, 1), nn.ReLU())


def _between(middle: Callable[[], nn.Module]) -> nn.Module:
    head = nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(8, 3)
    return nn.Sequential(_conv(3, 2), middle(), _conv(8, 2), *head)


WIDE: dict[str, Callable[[], nn.Module]] = {
    "gated": Gate, "gated by the largest": lambda: Gate(nn.AdaptiveMaxPool2d), "normed in groups of channels":
    lambda: nn.GroupNorm(2, 8), "normed by the picture": lambda: nn.InstanceNorm2d(8), "normed over all": Over,
    "attending": Mixer,
}  # fmt: skip
"""What stands between layer 0 and layer 2, which it makes answer to all of the picture."""
_NARROW: dict[str, Callable[[], nn.Module]] = {
    "plain": lambda: _between(lambda: nn.BatchNorm2d(8)),
    "gated behind": lambda: nn.Sequential(_conv(3, 2), nn.Identity(), _conv(8, 2), Gate()),
    "resized": lambda: nn.Sequential(_conv(3, 2), nn.AdaptiveAvgPool2d(16), _conv(8, 1), nn.Conv2d(8, 4, 1)),
}
NARROW = "plain", "gated behind"


@functools.cache
def load(name: str, size_px: int = 64) -> models.Model:
    """Return a network by what is said of it above."""
    build = _NARROW.get(name) or functools.partial(_between, WIDE.get(name, nn.Identity))
    return models.made(f"{name} {size_px}", lambda: random.drawn(build, 0), size_px=size_px)
