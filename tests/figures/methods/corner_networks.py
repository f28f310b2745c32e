"""A network of dark angles and an arc whose orientations are known, and the ink of families."""

from __future__ import annotations

import torch
from torch import nn

from figures.methods import families, models, stimuli, tuning

SIZE, FIELD = 33, 21

OPENING, PREFERRED = 100.0, (0.0, 70.0, 215.0)

UNITS = tuple(f"edges:{i}" for i in range(4))


class Corners(nn.Module):
    """Dark angles of known orientation; the fourth filter looks two pixels to the right, the fifth is an arc."""

    def __init__(self) -> None:
        super().__init__()
        seen = tuning.View(FIELD, (FIELD / 2, FIELD / 2), (0, 0), 0, FIELD)
        aside = tuning.View(FIELD, (FIELD / 2 + 2, FIELD / 2), (0, 0), 0, FIELD)
        angles = families.find("angles")
        drawn = [families.draw(angles, seen, PREFERRED, OPENING), families.draw(angles, aside, 20.0, OPENING)]
        drawn.append(families.draw(families.find("arcs"), seen, 80.0, 7.0))
        ink = 1 - torch.cat(drawn)
        self.edges = nn.Conv2d(3, len(ink), FIELD, padding=FIELD // 2, bias=False)
        self.edges.weight = nn.Parameter(ink.mean(dim=(1, 2, 3), keepdim=True) - ink)

    def forward(self, x: torch.Tensor) -> dict[str, torch.Tensor]:
        return {"logits": self.edges(x).mean(dim=(2, 3))}


def cover(name: str, value: float, size: int = 65, **options: float) -> torch.Tensor:
    kind = families.find(name).using(**options) if options else families.find(name)
    larger = families.Pen(30.0, 3.0, 56.0)
    outward, along = stimuli.frame([25.0], size_px=size)
    return families._covered(kind, outward, along, torch.tensor([[[value]]]), larger)[0]


def load() -> models.Model:
    return models.made("corners", Corners, size_px=SIZE, layers=["edges"])
