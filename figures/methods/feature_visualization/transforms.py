"""Small random movements, so that a picture must work wherever it lies: one resampling for all.

Padding, jitter, scaling, rotation and jitter again compose to one affine map, hence one
`grid_sample` per step; every picture draws from its own generator.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import torch
from torch.nn import functional

from figures.methods.feature_visualization.recipe import Recipe

_DRAWS = 6


def draw(generators: Sequence[torch.Generator], count: int) -> torch.Tensor:
    """Draw uniforms in [-1, 1), (count, n, 6), each picture's from its own generator."""
    return torch.stack([torch.rand(count, _DRAWS, generator=one) for one in generators], dim=1) * 2 - 1


def affine(
    uniforms: torch.Tensor, recipe: Recipe, jitter_px: float, offset_px: float | torch.Tensor = 0.0
) -> torch.Tensor:
    """Turn uniforms (n, 6) into maps (n, 2, 3) from places in the view to places in the picture, in px.

    `offset_px` right of and below the middle of the view, or (n, 2) as x and y, lies what is to see
    the picture's middle. Two thirds of the jitter before, one third after scaling and rotation; angles are drawn
    evenly.
    """
    before, after = uniforms[:, 0:2] * jitter_px * 2 / 3, uniforms[:, 2:4] * jitter_px / 3
    scale = 1 + uniforms[:, 4] * recipe.scaling
    angle = math.radians(recipe.rotation_deg) * uniforms[:, 5]
    cosine, sine = scale * torch.cos(angle), scale * torch.sin(angle)
    turn = torch.stack([cosine, -sine, sine, cosine], dim=1).view(-1, 2, 2)
    shift = turn @ (after - offset_px)[:, :, None] + before[:, :, None]
    return torch.cat([turn, shift], dim=2)


def view(pictures: torch.Tensor, maps: torch.Tensor, side_px: int) -> torch.Tensor:
    """Sample pictures (n, channel, side, side) through maps (n, 2, 3) on a centred square of `side_px`."""
    theta = maps.clone()
    size_px = pictures.shape[-1]
    theta[:, :, :2] *= side_px / size_px
    theta[:, :, 2] *= 2 / size_px
    shape = [len(pictures), pictures.shape[1], side_px, side_px]
    grid = functional.affine_grid(theta, shape, align_corners=False)
    return functional.grid_sample(pictures, grid, padding_mode="reflection", align_corners=False)


def still(n: int, offset_px: float | torch.Tensor = 0.0) -> torch.Tensor:
    """Return n maps (n, 2, 3) that only bring the picture's middle to `offset_px` from the view's."""
    maps = torch.eye(2, 3).repeat(n, 1, 1)
    maps[:, :, 2] = -offset_px
    return maps
