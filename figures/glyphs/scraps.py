"""Lessons that are scraps of texture: cut along an outline that is none of the shapes.

A texture that is only ever seen in figures of one shape is learned together with it, and not known in another.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import torch

from figures.glyphs import counter
from figures.glyphs.dataset import SHAPES, SIZE_PX, Parameters, Variant, render
from figures.glyphs.textures import BANK_PX, noise_bank

#: Keeps these draws apart from those of the images.
_STREAM = np.uint64(0x5C4A9)

#: So large that a disc covers the image, and an arc, which bends around it, leaves the ground alone.
_BEYOND = (6.0, 6.0)

#: A scrap lies in the hills of smooth noise: the lower the sea, the more of the image it covers. It may be as small as
#: the figures, a quarter of the image, and nearly fill it.
_SEA, _STEEPNESS = (-1.0, 1.2), 8.0


def with_scraps(
    indices: torch.Tensor, share: float, *, seed: int = 0, variant: Variant
) -> tuple[torch.Tensor, Parameters]:
    """Draw the images of `render` and return them with its truth; `share` of them hold a scrap instead of the figure.

    A scrap has its image's texture and colours, and nothing of the shape. Its edge stays sharp where the image is
    blurred.
    """
    images, truth = render(indices, seed=seed, variant=variant)
    draws = counter.uniforms(counter.keys(seed, indices.numpy()) ^ _STREAM, 4)
    torn = draws[:, 0] < share
    if torn.any():
        here = indices[torn], truth.texture[torn], seed, variant
        texture, ground = (_all_over(shape, *here) for shape in ("disc", "arc"))
        images[torn] = ground + _ink(draws[torn, 1:]) * (texture - ground)
    return images, truth


def _ink(draws: np.ndarray) -> torch.Tensor:
    """Return where scraps are, (batch, 1, 64, 64) in [0, 1], from uniforms (batch, 3)."""
    noise, corners = noise_bank()["smooth"], (draws[:, :2] * BANK_PX).astype(int)
    hills = np.stack([noise[top : top + SIZE_PX, left : left + SIZE_PX] for top, left in corners])
    low, high = _SEA
    sea = (low + (high - low) * draws[:, 2])[:, None, None]
    return torch.from_numpy(np.clip(0.5 + _STEEPNESS * (hills - sea), 0, 1).astype(np.float32))[:, None]


def _all_over(shape: str, indices: torch.Tensor, textures: torch.Tensor, seed: int, variant: Variant) -> torch.Tensor:
    shapes = torch.full_like(textures, SHAPES.index(shape))
    return render(indices, seed=seed, variant=replace(variant, scale=_BEYOND), shape=shapes, texture=textures)[0]
