"""What is left of maps when places are forgotten: how channels go together, and how strong each is."""

from __future__ import annotations

import torch

EPS = 1e-5
"""Added to variances, as Huang & Belongie (2017) do."""


def gram(maps: torch.Tensor) -> torch.Tensor:
    """Return the mean product over places of every pair of channels, (n, channel, channel).

    Maps are (n, channel, height, width). After Gatys, Ecker & Bethge (2016, "Image style transfer using
    convolutional neural networks", section 2.2), who do not divide by the number of places.
    """
    flat = maps.flatten(2)
    return flat @ flat.transpose(1, 2) / flat.shape[2]


def moments(maps: torch.Tensor) -> torch.Tensor:
    """Return the mean and the standard deviation over places of each channel, (n, 2, channel)."""
    flat = maps.flatten(2)
    return torch.stack([flat.mean(dim=2), _deviation(flat)], dim=1)


def adain(content: torch.Tensor, style: torch.Tensor) -> torch.Tensor:
    """Return maps (n, channel, height, width) of the content with the mean and deviation of the style's channels.

    Huang & Belongie (2017, "Arbitrary style transfer in real-time with adaptive instance normalization",
    equation 8); variances are unbiased.
    """
    (mean, deviation), (new_mean, new_deviation) = (
        moments(maps)[..., None, None].unbind(1) for maps in (content, style)
    )
    return new_deviation * (content - mean) / deviation + new_mean


def distance(one: torch.Tensor, other: torch.Tensor) -> torch.Tensor:
    """Return the squared distance (n,) of tensors (n, …), as a share of the second's squared norm."""
    gap, norm = ((values.square().flatten(1).sum(dim=1)) for values in (one - other, other))
    return gap / norm.clamp(min=torch.finfo(norm.dtype).tiny)


def _deviation(flat: torch.Tensor) -> torch.Tensor:
    return (flat.var(dim=2, unbiased=flat.shape[2] > 1) + EPS).sqrt()
