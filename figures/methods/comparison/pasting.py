"""Patches pasted onto pictures: at a corner or in the middle."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import torch
from torch.nn import functional

from figures.texts import choice

CORNERS: Mapping[str, Callable[[int], tuple[int, int]]] = {
    "upper-left": lambda free: (0, 0),
    "upper-right": lambda free: (0, free),
    "lower-left": lambda free: (free, 0),
    "lower-right": lambda free: (free, free),
    "centre": lambda free: (free // 2, free // 2),
}
"""Where a patch may lie, as its first row and column, of how many pixels of the picture's side it leaves free."""


def check(corner: str) -> str:
    """Return a corner's name; raises ValueError with the nearest for one that there is not."""
    return choice(corner, CORNERS)


def pasted(pictures: torch.Tensor, patch: torch.Tensor, corner: str, share: float) -> torch.Tensor:
    """Return pictures (n, channel, side, side) with a patch (channel, any, any) over `share` of their side."""
    side = pictures.shape[-1]
    small = resized(patch, max(1, round(share * side)))
    top, left = CORNERS[check(corner)](side - small.shape[-1])
    changed = pictures.clone()
    changed[:, :, top : top + small.shape[-1], left : left + small.shape[-1]] = small
    return changed


def resized(patch: torch.Tensor, side: int) -> torch.Tensor:
    """Resample a square patch (channel, any, any) to another side."""
    if patch.shape[-1] == side:
        return patch
    small = functional.interpolate(patch[None], (side, side), mode="bilinear", antialias=True, align_corners=False)
    return small[0].clamp(0, 1)
