"""A small Inception-like network for 64 x 64 images, built to be looked into.

The layout follows Szegedy et al. (2015, "Going deeper with convolutions") at a
tenth of the size: two convolutions, then four mixed layers of parallel 1x1, 3x3
and 5x5 branches, a global mean and linear heads. We differ in three ways that
make the inside legible: pooling is by averages (gradients reach every pixel),
the first convolution has stride 1, and every named layer keeps its complete
pre-activation in a child module called `pre`.
"""

from __future__ import annotations

import abc
import copy
from collections.abc import Mapping
from typing import Any, TypeVar

import torch
from torch import nn

#: Named layers in forward order, with their channel counts by default.
LAYERS: dict[str, int] = {
    "conv1": 32, "conv2": 48,
    "mixed3a": 128, "mixed3b": 256, "mixed4a": 256, "mixed4b": 288,
}  # fmt: skip

#: Branch widths of each mixed layer: 1x1 | 1x1 -> 3x3 | 1x1 -> 5x5.
BRANCHES: dict[str, tuple[int, tuple[int, int], tuple[int, int]]] = {
    "mixed3a": (32, (32, 64), (16, 32)),
    "mixed3b": (48, (64, 128), (32, 80)),
    "mixed4a": (64, (64, 128), (32, 64)),
    "mixed4b": (64, (64, 160), (32, 64)),
}

_INPUT_MEAN, _INPUT_SD = 0.45, 0.25


class Affine(nn.Module):
    """Convolution and batch norm without a nonlinearity; folded, a convolution with bias."""

    def __init__(
        self, inputs: int, outputs: int, size: int, *, stride: int = 1, border: int | None = None, folded: bool
    ):  # fmt: skip
        super().__init__()
        padding = size // 2 if border is None else border
        self.conv = nn.Conv2d(inputs, outputs, size, stride, padding=padding, bias=folded)
        self.norm: nn.Module = nn.Identity() if folded else nn.BatchNorm2d(outputs, eps=1e-5)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.norm(self.conv(x))


class Layer(nn.Module):
    """One convolutional layer; `pre` outputs its pre-activation, the layer its rectified self."""

    def __init__(
        self, inputs: int, outputs: int, size: int, *, stride: int = 1, border: int | None = None, folded: bool
    ):  # fmt: skip
        super().__init__()
        self.affine = Affine(inputs, outputs, size, stride=stride, border=border, folded=folded)
        self.pre = nn.Identity()

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return torch.relu(self.pre(self.affine(x)))


class Mixed(nn.Module):
    """Three parallel branches, concatenated, then rectified; `pre` sits before the ReLU."""

    def __init__(self, inputs: int, ones: int, threes: tuple[int, int], fives: tuple[int, int], *,
                 folded: bool):  # fmt: skip
        super().__init__()
        self.ones = Affine(inputs, ones, 1, folded=folded)
        self.threes_in = Layer(inputs, threes[0], 1, folded=folded)
        self.threes = Affine(threes[0], threes[1], 3, folded=folded)
        self.fives_in = Layer(inputs, fives[0], 1, folded=folded)
        self.fives = Affine(fives[0], fives[1], 5, folded=folded)
        self.pre = nn.Identity()

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        branches = (self.ones(x), self.threes(self.threes_in(x)), self.fives(self.fives_in(x)))
        return torch.relu(self.pre(torch.cat(branches, dim=1)))


class Network(nn.Module, abc.ABC):
    """Classify (batch, 3, 64, 64) images in [0, 1] by channel means; return {head: logits (batch, classes)}.

    `config` holds the arguments that rebuild the same network, `layers` names its layers in forward order with
    their channels. A `folded` network has no batch norm; only folded networks are stored.
    """

    layers: Mapping[str, int]
    conv1: Layer
    heads: nn.ModuleDict

    def __init__(self, heads: Mapping[str, int], config: Mapping[str, Any]):
        super().__init__()
        self.config = {"heads": dict(heads), **config}

    @abc.abstractmethod
    def maps(self, x: torch.Tensor) -> torch.Tensor:
        """Return the last layer's maps of images that are normalised, (batch, channel, rows, columns)."""

    def features(self, x: torch.Tensor) -> torch.Tensor:
        """Return the last layer's channel means, (batch, channel)."""
        return self.maps((x - _INPUT_MEAN) / _INPUT_SD).mean(dim=(2, 3))

    def forward(self, x: torch.Tensor) -> dict[str, torch.Tensor]:
        features = self.features(x)
        return {name: head(features) for name, head in self.heads.items()}


class Glyphs(Network):
    """The network of mixed layers: `Glyphs(**net.config)` is the same again."""

    layers = LAYERS

    def __init__(self, heads: Mapping[str, int] | None = None, *, stem_stride: int = 1,
                 folded: bool = False):  # fmt: skip
        heads = dict(heads or {"shape": 16, "texture": 16})
        super().__init__(heads, {"stem_stride": stem_stride, "folded": folded})
        self.conv1 = Layer(3, LAYERS["conv1"], 7, stride=stem_stride, folded=folded)
        self.pool1 = nn.AvgPool2d(2) if stem_stride == 1 else nn.Identity()
        self.conv2 = Layer(LAYERS["conv1"], LAYERS["conv2"], 3, folded=folded)
        self.pool2 = nn.AvgPool2d(2)
        self.mixed3a = Mixed(LAYERS["conv2"], *BRANCHES["mixed3a"], folded=folded)
        self.mixed3b = Mixed(LAYERS["mixed3a"], *BRANCHES["mixed3b"], folded=folded)
        self.pool3 = nn.AvgPool2d(2)
        self.mixed4a = Mixed(LAYERS["mixed3b"], *BRANCHES["mixed4a"], folded=folded)
        self.mixed4b = Mixed(LAYERS["mixed4a"], *BRANCHES["mixed4b"], folded=folded)
        self.heads = nn.ModuleDict({k: nn.Linear(LAYERS["mixed4b"], n) for k, n in heads.items()})

    def maps(self, x: torch.Tensor) -> torch.Tensor:
        """Return the maps of the last mixed layer, (batch, 288, rows, columns)."""
        x = self.pool2(self.conv2(self.pool1(self.conv1(x))))
        x = self.pool3(self.mixed3b(self.mixed3a(x)))
        return self.mixed4b(self.mixed4a(x))


Made = TypeVar("Made", bound=Network)


def initialise(network: Made, *, seed: int, conv1_gain: float = 0.1) -> Made:
    """Draw the weights anew from `seed`; the first convolution starts `conv1_gain` small.

    Starting small, with strong decay on that layer alone, lets the images rather than the
    initial noise shape the first filters; batch norm undoes the small scale.
    """
    generator = torch.Generator().manual_seed(seed)
    for module in network.modules():
        if isinstance(module, nn.Conv2d):
            nn.init.kaiming_normal_(module.weight, nonlinearity="relu", generator=generator)
        elif isinstance(module, nn.Linear):
            nn.init.normal_(module.weight, std=0.02, generator=generator)
            nn.init.zeros_(module.bias)
    with torch.no_grad():
        network.conv1.affine.conv.weight.mul_(conv1_gain)
    return network


def fold(network: Made) -> Made:
    """Return a copy in evaluation mode whose batch norms are folded into their convolutions."""
    folded = copy.deepcopy(network).eval()
    for module in folded.modules():
        if isinstance(module, Affine) and isinstance(module.norm, nn.BatchNorm2d):
            _fold_norm(module.norm, module.conv)
            module.norm = nn.Identity()
    folded.config = {**network.config, "folded": True}
    return folded


def _fold_norm(norm: nn.BatchNorm2d, conv: nn.Conv2d) -> None:
    mean, variance = norm.running_mean, norm.running_var
    if mean is None or variance is None:
        raise ValueError("a norm without a running mean and variance cannot be folded; expected one that tracks both")
    with torch.no_grad():
        gain = norm.weight / torch.sqrt(variance + norm.eps)
        conv.weight.mul_(gain[:, None, None, None])
        conv.bias = nn.Parameter(norm.bias - mean * gain)
