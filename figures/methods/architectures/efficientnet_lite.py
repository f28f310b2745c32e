"""EfficientNet-Lite: EfficientNet without gates over channels and with ReLU6, as its authors released it.

The blocks are those of MobileNetV2 (Sandler et al. 2018), in the numbers and widths of EfficientNet
(Tan and Le 2019, table 1); the Lite networks (Liu 2020) leave out squeeze-and-excitation, so that a
position answers to nothing outside its receptive field, and scale neither the stem nor the head.
Borders are TensorFlow's SAME. Modules go by the names that authors write: `stem`, `block1` and on,
inside each `expanded`, `depthwise` and `projected`, then `head`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import torch
from torch import nn

CHANNELS, CLASSES = 3, 1000
STEM, HEAD = 32, 1280
#: Batch norm's epsilon in TensorFlow's networks.
_EPSILON = 1e-3
_WIDTH_STEP = 8


@dataclass(frozen=True)
class Stage:
    """Equal blocks in a row, before scaling: the first of them has the stride."""

    repeats: int
    kernel: int
    stride: int
    expansion: int
    width: int


#: Stages 2 to 8 of the table; the stem is stage 1, the head stage 9.
STAGES = (
    Stage(1, 3, 1, 1, 16),
    Stage(2, 3, 2, 6, 24),
    Stage(2, 5, 2, 6, 40),
    Stage(3, 3, 2, 6, 80),
    Stage(3, 5, 1, 6, 112),
    Stage(4, 5, 2, 6, 192),
    Stage(1, 3, 1, 6, 320),
)
FIRST_STAGE = 2


@dataclass(frozen=True)
class Scale:
    """How much wider and deeper than the first network another one is, and the side of its images."""

    width: float
    depth: float
    size_px: int
    dropout: float


SCALES = {
    "efficientnet-lite0": Scale(1.0, 1.0, 224, 0.2),
    "efficientnet-lite1": Scale(1.0, 1.1, 240, 0.2),
    "efficientnet-lite2": Scale(1.1, 1.2, 260, 0.3),
}


def stages(scale: Scale) -> list[Stage]:
    """Return the stages of a scaled network; the first and the last keep their number of blocks."""
    inner = range(1, len(STAGES) - 1)
    return [
        Stage(
            math.ceil(stage.repeats * scale.depth) if place in inner else stage.repeats,
            stage.kernel,
            stage.stride,
            stage.expansion,
            _width(stage.width * scale.width),
        )
        for place, stage in enumerate(STAGES)
    ]


def blocks(scale: Scale) -> Iterator[tuple[int, int]]:
    """Yield the (stage, repeat) of each block in turn, as the table counts stages; repeats are counted from 1."""
    for number, stage in enumerate(stages(scale), start=FIRST_STAGE):
        yield from ((number, repeat) for repeat in range(1, stage.repeats + 1))


def _width(channels: float) -> int:
    """Round to a multiple of 8, but never by more than a tenth downwards."""
    rounded = max(_WIDTH_STEP, int(channels + _WIDTH_STEP / 2) // _WIDTH_STEP * _WIDTH_STEP)
    return rounded if rounded >= 0.9 * channels else rounded + _WIDTH_STEP


class Convolution(nn.Sequential):
    """A convolution with its border before it, then its norm and, unless `linear`, ReLU6; `side` is that of its map."""

    def __init__(
        self, inputs: int, outputs: int, *, kernel: int, side: int, stride: int = 1, groups: int = 1,
        linear: bool = False,
    ) -> None:  # fmt: skip
        super().__init__()
        missing = max((math.ceil(side / stride) - 1) * stride + kernel - side, 0)
        before, after = missing // 2, missing - missing // 2
        if missing:
            self.add_module("border", nn.ZeroPad2d((before, after, before, after)))
        self.add_module("conv", nn.Conv2d(inputs, outputs, kernel, stride, groups=groups, bias=False))
        self.add_module("norm", nn.BatchNorm2d(outputs, eps=_EPSILON))
        if not linear:
            self.add_module("rectifier", nn.ReLU6())


class Block(nn.Module):
    """An inverted bottleneck: wider by `expansion`, filtered channel by channel, and narrow again without a rectifier.

    What entered is added to the answer where it has the same shape.
    """

    def __init__(self, inputs: int, stage: Stage, stride: int, side: int) -> None:
        super().__init__()
        width = inputs * stage.expansion
        if stage.expansion > 1:
            self.expanded = Convolution(inputs, width, kernel=1, side=side)
        self.depthwise = Convolution(width, width, kernel=stage.kernel, side=side, stride=stride, groups=width)
        self.projected = Convolution(width, stage.width, kernel=1, side=math.ceil(side / stride), linear=True)
        self.adds = stride == 1 and inputs == stage.width

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        wide = self.expanded(x) if hasattr(self, "expanded") else x
        narrow = self.projected(self.depthwise(wide))
        return x + narrow if self.adds else narrow


class EfficientNetLite(nn.Module):
    """Classify images (batch, 3, size, size), from -1 to 1; return logits (batch, 1000).

    Borders are those of images of the network's own size, whatever the size.
    """

    def __init__(self, scale: Scale, *, size_px: int = 0, classes: int = CLASSES) -> None:
        super().__init__()
        side = size_px or scale.size_px
        self.stem = Convolution(CHANNELS, STEM, kernel=3, stride=2, side=side)
        inputs, side, self.names = STEM, math.ceil(side / 2), list[str]()
        for stage in stages(scale):
            for repeat in range(stage.repeats):
                stride = 1 if repeat else stage.stride
                self.names.append(f"block{len(self.names) + 1}")
                self.add_module(self.names[-1], Block(inputs, stage, stride, side))
                inputs, side = stage.width, math.ceil(side / stride)
        self.head = Convolution(inputs, HEAD, kernel=1, side=side)
        self.pool = nn.AdaptiveAvgPool2d(1)
        self.dropout = nn.Dropout(scale.dropout)
        self.classifier = nn.Linear(HEAD, classes)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.stem(x)
        for name in self.names:
            x = self.get_submodule(name)(x)
        x = self.pool(self.head(x)).flatten(1)
        return self.classifier(self.dropout(x))
