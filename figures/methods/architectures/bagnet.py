"""BagNets: residual networks of which no position sees more than a patch, and whose patches vote on the class.

After Brendel & Bethge (2019, "Approximating CNNs with bag-of-local-features models works surprisingly well on
ImageNet"): a ResNet-50 without borders whose convolutions look at one place, but for the second of the stem and
one of 3 x 3 in the first block of as many stages as the patch is large. Modules are named as in their weights, so
that these load as they are. What goes past a block is cut at the bottom and on the right to the size of what went
through it, so that it is not the middle of its patch.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import nn

CHANNELS, CLASSES, STEM = 3, 1000, 64
#: Blocks, inner width and stride of each stage.
STAGES = ((3, 64, 2), (4, 128, 2), (6, 256, 2), (3, 512, 1))
_EXPANSION = 4
#: Side of a patch, by how many stages begin with a convolution of 3 x 3; the authors trained the last three.
FIELDS_PX = (3, 5, 9, 17, 33)


class Block(nn.Module):
    """A bottleneck whose middle convolution is of `kernel` x `kernel` and has no border."""

    def __init__(self, inputs: int, width: int, *, kernel: int, stride: int) -> None:
        super().__init__()
        outputs = width * _EXPANSION
        self.conv1, self.bn1 = nn.Conv2d(inputs, width, 1, bias=False), nn.BatchNorm2d(width)
        self.conv2, self.bn2 = nn.Conv2d(width, width, kernel, stride, bias=False), nn.BatchNorm2d(width)
        self.conv3, self.bn3 = nn.Conv2d(width, outputs, 1, bias=False), nn.BatchNorm2d(outputs)
        self.relu = nn.ReLU()
        if stride > 1 or inputs != outputs:
            self.downsample = nn.Sequential(
                nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs)
            )  # fmt: skip
        cut = (kernel - 1) // stride  # positions that a window loses, whatever the side of the map
        self.cut = nn.ZeroPad2d((0, -cut, 0, -cut)) if cut else nn.Identity()

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        inner = self.relu(self.bn2(self.conv2(self.relu(self.bn1(self.conv1(x))))))
        past = self.downsample(x) if hasattr(self, "downsample") else x
        return self.relu(self.bn3(self.conv3(inner)) + self.cut(past))


class BagNet(nn.Module):
    """Classify normalised images (batch, 3, side, side) by patches of `field_px`; return logits (batch, classes).

    Raises ValueError for a patch of a size that cannot be had.
    """

    def __init__(self, field_px: int, *, classes: int = CLASSES) -> None:
        super().__init__()
        if field_px not in FIELDS_PX:
            raise ValueError(f"patches of {field_px} px; expected one of {', '.join(map(str, FIELDS_PX))}")
        self.conv1, self.conv2 = nn.Conv2d(CHANNELS, STEM, 1, bias=False), nn.Conv2d(STEM, STEM, 3, bias=False)
        self.bn1, self.relu = nn.BatchNorm2d(STEM, momentum=0.001), nn.ReLU()
        inputs, wide = STEM, FIELDS_PX.index(field_px)
        for number, (count, width, stride) in enumerate(STAGES):
            kernels = (3 if number < wide else 1, *[1] * (count - 1))
            self.add_module(f"layer{number + 1}", _stage(inputs, width, kernels, stride))
            inputs = width * _EXPANSION
        self.avgpool = nn.AdaptiveAvgPool2d(1)
        self.fc = nn.Linear(inputs, classes)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.relu(self.bn1(self.conv2(self.conv1(x))))
        for number in range(1, len(STAGES) + 1):
            x = self.get_submodule(f"layer{number}")(x)
        return self.fc(self.avgpool(x).flatten(1))


def _stage(inputs: int, width: int, kernels: Sequence[int], stride: int) -> nn.Sequential:
    first = Block(inputs, width, kernel=kernels[0], stride=stride)
    return nn.Sequential(first, *(Block(width * _EXPANSION, width, kernel=size, stride=1) for size in kernels[1:]))
