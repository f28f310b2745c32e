"""A network that tells red from green by the mean of a colour, and plain pictures for it."""

from __future__ import annotations

import torch
from torch import nn

from figures.methods import models
from figures.methods.datasets.held import Held

SIDE, GAIN = 8, 10.0


def network() -> models.Model:
    """Logits are ten times the mean of red and of green; layer `1` holds the picture itself."""

    def make() -> nn.Module:
        net = nn.Sequential(
            nn.Conv2d(3, 3, 1, bias=False), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(3, 2)
        )
        with torch.no_grad():
            net[0].weight.copy_(torch.eye(3)[:, :, None, None])
            net[4].weight.copy_(GAIN * torch.eye(3)[:2])
            net[4].bias.zero_()
        return net

    return models.made("coloured", make, size_px=SIDE, heads={"logits": ("red", "green")})


def plain(*colours: tuple[float, float, float]) -> torch.Tensor:
    return torch.tensor(colours)[:, :, None, None].expand(-1, -1, SIDE, SIDE).contiguous()


def pictures(reds: int = 3, others: int = 6) -> Held:
    """Red pictures, then others that become greener and greener, with their labels."""
    colours = [(1.0, 0.0, 0.1 * i) for i in range(reds)] + [(0.0, i / others, 0.5) for i in range(1, others + 1)]
    labels = ("red",) * reds + ("other",) * others
    return Held("plain", plain(*colours), tuple(f"{label}{i}" for i, label in enumerate(labels)), labels)
