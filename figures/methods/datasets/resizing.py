"""Images in the size and with the channels that a network takes."""

from __future__ import annotations

import torch
from torch.nn import functional

#: Luma of ITU-R BT.601, as Pillow makes grey of colour.
_LUMA = (0.299, 0.587, 0.114)


def resized(images: torch.Tensor, size_px: int) -> torch.Tensor:
    """Resize square images (n, channel, side, side), bilinear with antialiasing."""
    if images.shape[-1] == size_px:
        return images
    return functional.interpolate(images, (size_px, size_px), mode="bilinear", antialias=True, align_corners=False)


def with_channels(images: torch.Tensor, channels: int) -> torch.Tensor:
    """Turn colour images (n, 3, height, width) to grey where one channel is asked for.

    Raises ValueError for other numbers of channels than 1 and 3.
    """
    if channels == 3:
        return images
    if channels != 1:
        raise ValueError(f"images have 1 or 3 channels; not {channels}, as the network takes")
    return torch.einsum("nchw,c->nhw", images, torch.tensor(_LUMA)).unsqueeze(1)
