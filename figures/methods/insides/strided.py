"""The way back through a first convolution: a gradient that returns to few colours, through wide filters that stride.

oneDNN leaves most of each of its registers empty where there are few channels to return to. Each of the places
between two steps of the filter is such a channel too, if it is read by a part of the filter of its own: one narrow
convolution for all, whose answers are then put in their places (Shi et al., 2016, "Is the deconvolution layer the same
as a convolutional layer?").
"""

from __future__ import annotations

from typing import Any

import torch
import torch.nn.functional as F
from torch import nn

_COLOURS, _WIDE = 4, 5


def suits(convolution: nn.Conv2d) -> bool:
    """Whether the way back through a convolution is shorter so: measured, on filters of 3 to 11 pixels."""
    stride, size = convolution.stride, convolution.kernel_size
    even = stride[0] == stride[1] > 1 and size[0] == size[1] >= _WIDE
    return even and convolution.groups == 1 and max(convolution.dilation) == 1 and convolution.in_channels <= _COLOURS


def returned(gradient: torch.Tensor, x: torch.Tensor, convolution: nn.Conv2d) -> torch.Tensor:
    """Bring a gradient of what a convolution answers back to its images `x` (n, channel, height, width)."""
    stride, steps = convolution.stride[0], -(-convolution.kernel_size[0] // convolution.stride[0])
    between = F.conv2d(gradient, _parts(convolution.weight, stride, steps), padding=steps - 1)
    places = F.pixel_shuffle(between, stride)
    padding: Any = convolution.padding
    (top, left), (height, width) = padding, x.shape[2:]
    unread = max(left + width - places.shape[3], 0), max(top + height - places.shape[2], 0)
    return F.pad(places, (0, unread[0], 0, unread[1]))[:, :, top : top + height, left : left + width]


def _parts(weight: torch.Tensor, stride: int, steps: int) -> torch.Tensor:
    """Take filters (out, in, size, size) apart into those of each place, (in * stride**2, out, steps, steps)."""
    more = steps * stride - weight.shape[2]
    padded = F.pad(weight, (0, more, 0, more)).unflatten(3, (steps, stride)).unflatten(2, (steps, stride))
    parts = padded.permute(1, 3, 5, 0, 2, 4).flatten(0, 2).flip(2, 3)
    return parts.contiguous(memory_format=torch.channels_last)
