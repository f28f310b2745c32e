"""Noise by counting: a function of seed, step and place alone, the same numbers on every device.

No generator is advanced, so that noise is made where it is used: nothing travels to a GPU in a step. The mixer is
that of `figures.glyphs.counter`, in the 32-bit integers that PyTorch computes with, which wrap around.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch

from figures.glyphs import counter

_STEP, _FIRST, _SECOND = 0x9E3779B9 - 2**32, 0x21F0AAAD, 0xD35A2D97 - 2**32
_MEAN, _SD = 510.0, 147.8
"""Of the sum of four bytes."""


def starts(seeds: Sequence[int], steps: int) -> torch.Tensor:
    """Return where the noise of each step and seed begins to count, (step, seed) int32."""
    columns = [counter.keys(seed, np.arange(steps)).astype(np.uint32).view(np.int32) for seed in seeds]
    return torch.from_numpy(np.stack(columns, axis=1))


def noise(start: torch.Tensor, channels: int, side_px: int) -> torch.Tensor:
    """Return noise (n, channel, side, side) of mean 0 and variance 1, near Gaussian, that counts from `start` (n,)."""
    count = channels * side_px * side_px
    x = start[:, None] + torch.arange(count, dtype=torch.int32, device=start.device) * _STEP
    x ^= _shifted(x, 16)
    x *= _FIRST
    x ^= _shifted(x, 15)
    x *= _SECOND
    x ^= _shifted(x, 15)
    pairs = (x & 0x00FF00FF) + ((x >> 8) & 0x00FF00FF)
    total = (pairs & 0xFFFF) + (pairs >> 16)
    return total.float().sub_(_MEAN).div_(_SD).view(-1, channels, side_px, side_px)


def _shifted(x: torch.Tensor, bits: int) -> torch.Tensor:
    """Shift right and let zeros in, where PyTorch lets the sign in."""
    return (x >> bits).bitwise_and_((1 << (32 - bits)) - 1)
