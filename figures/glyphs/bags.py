"""Small networks that see no more of a 64 x 64 image at once than a patch: each patch votes, votes are averaged.

After Brendel & Bethge (2019, "Approximating CNNs with bag-of-local-features models works surprisingly well on
ImageNet") at less than a hundredth of the size: no convolution has a border, and how many of the deeper ones look at
3 x 3 places rather than at one decides how large the patch is. We differ in having neither bottlenecks nor skips.
"""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import nn

from figures.glyphs.network import Layer, Network

#: The layers that every such network begins with: channels, side of the window, stride. They see 9 px.
_STEM: dict[str, tuple[int, int, int]] = {"conv1": (32, 5, 2), "conv2": (48, 3, 2)}
_STEM_FIELD_PX, _STRIDE_PX = 9, 4
#: Layers that follow, with their channels; how many of them look at 3 x 3 places is what differs.
_BODY: dict[str, int] = {"conv3": 64, "conv4": 64, "conv5": 64, "conv6": 96}
_WIDER_PX = 2 * _STRIDE_PX

#: How large a patch may be.
FIELDS_PX = tuple(_STEM_FIELD_PX + _WIDER_PX * count for count in range(len(_BODY) + 1))


class Bag(Network):
    """Classify images as the mean of what patches of `field_px` say; return {head: logits (batch, classes)}.

    Raises ValueError for a patch of a size that cannot be had.
    """

    def __init__(self, heads: Mapping[str, int], *, field_px: int, folded: bool = False):
        super().__init__(heads, {"field_px": field_px, "folded": folded})
        if field_px not in FIELDS_PX:
            raise ValueError(f"patches of {field_px} px; expected one of {', '.join(map(str, FIELDS_PX))}")
        inputs = 3
        for name, (channels, side, stride) in _STEM.items():
            self.add_module(name, Layer(inputs, channels, side, stride=stride, border=0, folded=folded))
            inputs = channels
        wide = (field_px - _STEM_FIELD_PX) // _WIDER_PX
        for number, (name, channels) in enumerate(_BODY.items()):
            self.add_module(name, Layer(inputs, channels, 3 if number < wide else 1, border=0, folded=folded))
            inputs = channels
        self.layers = {name: channels for name, (channels, _, _) in _STEM.items()} | _BODY
        self.heads = nn.ModuleDict({name: nn.Linear(inputs, count) for name, count in heads.items()})

    def maps(self, x: torch.Tensor) -> torch.Tensor:
        """Return what the last layer answers to every patch, (batch, 96, rows, columns)."""
        for name in self.layers:
            x = self.get_submodule(name)(x)
        return x
