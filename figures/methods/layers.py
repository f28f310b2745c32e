"""What a layer of any network is like: whether a rectifier ends it, and how large its maps are."""

from __future__ import annotations

import functools

import torch

from figures.methods.activations import read
from figures.methods.models import Model
from figures.units import PRE


def rectified(model: Model, layer: str) -> bool:
    """Tell whether what is below zero in a layer, as `read` gives it, never leaves it."""
    return layer not in model.heads and not layer.endswith(PRE) and model.part(layer).rectified


@functools.lru_cache(maxsize=256)
@torch.no_grad()
def map_size(model: Model, layer: str, side_px: int) -> tuple[int, int] | None:
    """Return the height and width of a layer's map of an image of `side_px`; None where the network takes none.

    Found by trying: networks of a fixed size say so in ways of their own.
    """
    like = next(iter(model.network.parameters()))
    blank = torch.full((1, model.channels, side_px, side_px), 0.5, device=like.device, dtype=like.dtype)
    try:
        height, width = read(model, blank, [layer])[layer].shape[-2:]
    except torch.OutOfMemoryError:
        raise
    except (RuntimeError, AssertionError, ValueError):
        return None
    return int(height), int(width)
