"""Which images of a data set are meant."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
import torch

Indices: TypeAlias = Sequence[int] | np.ndarray | torch.Tensor


def some(count: int, most: int, seed: int) -> np.ndarray:
    """Choose at most so many of `count` images at random; return their numbers in order."""
    return np.sort(np.random.default_rng(seed).permutation(count)[:most])
