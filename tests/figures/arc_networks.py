"""Networks built by hand whose units are arcs of known directions."""

from __future__ import annotations

import torch
from torch import nn

from figures.methods import models, stimuli

SIZE, FIELD = 48, 25


def templates(angles_deg: tuple[float, ...], radius_px: float = 7.5) -> torch.Tensor:
    """Return filters (units, 3, FIELD, FIELD) without a mean, of length 1."""
    drawn = stimuli.arcs(list(angles_deg), radius_px, size_px=FIELD, length_px=15, width_px=2.3, device="cpu")
    dark = drawn.mean(dim=(2, 3), keepdim=True) - drawn
    return dark / dark.flatten(1).norm(dim=1)[:, None, None, None]


class Family(nn.Module):
    """Units that answer their arc, dark or light; with `echo`, so much of that to the opposite one."""

    def __init__(self, filters: torch.Tensor, opposite: torch.Tensor | None, echo: float, threshold: float) -> None:
        super().__init__()
        self.echo, self.threshold = echo, threshold
        self.one = nn.Conv2d(3, len(filters), FIELD, stride=4, padding=FIELD // 2, bias=False)
        self.one.weight = nn.Parameter(filters)
        self.other = nn.Conv2d(3, len(filters), FIELD, stride=4, padding=FIELD // 2, bias=False)
        self.other.weight = nn.Parameter(filters if opposite is None else opposite)
        self.relu = nn.ReLU()

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        one, other = (part(x - 0.5).abs() - self.threshold for part in (self.one, self.other))
        return self.relu(torch.maximum(one, self.echo * other))


class Network(nn.Module):
    """One layer, `arcs`, and a head."""

    def __init__(self, family: Family) -> None:
        super().__init__()
        self.arcs = family

    def forward(self, x: torch.Tensor) -> dict[str, torch.Tensor]:
        return {"logits": self.arcs(x).mean(dim=(2, 3))}


def network(
    name: str, angles_deg: tuple[float, ...], *, echo: float = 0.0, threshold: float = 2.0,
    filters: torch.Tensor | None = None,
) -> models.Model:  # fmt: skip
    """Return a network whose unit i prefers arcs that bulge towards angle i; `filters` replace its own."""

    def build() -> nn.Module:
        own = templates(angles_deg) if filters is None else filters
        opposite = templates(tuple(angle + 180 for angle in angles_deg)) if echo else None
        return Network(Family(own, opposite, echo, threshold))

    return models.made(name, build, size_px=SIZE, layers=["arcs"], digest=f"{name} {angles_deg} {echo} {threshold}")
