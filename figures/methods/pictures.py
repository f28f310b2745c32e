"""Images of any number of channels as pictures that a page can show."""

from __future__ import annotations

import numpy as np
import torch


def rgb(images: torch.Tensor) -> torch.Tensor:
    """Return images (n, channel, height, width) as (n, 3, height, width).

    One channel is grey, of two the mean is, and of more than three the first three are shown.
    """
    channels = images.shape[1]
    if channels >= 3:
        return images[:, :3]
    return images.mean(dim=1, keepdim=True).expand(-1, 3, -1, -1)


def pixels(images: torch.Tensor) -> np.ndarray:
    """Turn images (n, channel, height, width) in [0, 1] into uint8 (n, height, width, channel)."""
    return images.mul(255).round().clamp(0, 255).to(torch.uint8).movedim(1, -1).cpu().numpy()
