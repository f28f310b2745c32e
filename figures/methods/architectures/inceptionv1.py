"""The InceptionV1 of TensorFlow that lucid and *Curve Detectors* look into.

The GoogLeNet of Szegedy et al. (2015, "Going deeper with convolutions") as it was trained in
TensorFlow: no batch norm, local response normalisation, borders as TensorFlow's SAME lays them.
Modules are named as in the checkpoint `inception5h.pth` that others converted from it, so that
it loads as it is. Local response normalisation is that of TensorFlow's graph (a radius of 5,
bias 2, alpha 1e-4, beta 1/2); the well-known conversions of the network have a window of 9,
bias 1 and a ninth of alpha, which changes activations a little.
"""

from __future__ import annotations

import torch
from torch import nn

CLASSES, CHANNELS = 1008, 3
_RADIUS, _BIAS, _ALPHA, _BETA = 5, 2.0, 1e-4, 0.5
#: Channels of each block: 1x1; 3x3 and its bottleneck; 5x5 and its bottleneck; behind the pool.
BLOCKS: dict[str, tuple[int, int, int, int, int, int]] = {
    "mixed3a": (64, 96, 128, 16, 32, 32),
    "mixed3b": (128, 128, 192, 32, 96, 64),
    "mixed4a": (192, 96, 204, 16, 48, 64),
    "mixed4b": (160, 112, 224, 24, 64, 64),
    "mixed4c": (128, 128, 256, 24, 64, 64),
    "mixed4d": (112, 144, 288, 32, 64, 64),
    "mixed4e": (256, 160, 320, 32, 128, 128),
    "mixed5a": (256, 160, 320, 48, 128, 128),
    "mixed5b": (384, 192, 384, 48, 128, 128),
}
#: Pools that halve the map, by the block they stand before.
_POOLS = {"mixed4a": "maxpool4", "mixed5a": "maxpool10"}


class Cat(nn.Module):
    """Concatenate branches along their channels."""

    def forward(self, branches: list[torch.Tensor]) -> torch.Tensor:
        return torch.cat(branches, dim=1)


class InceptionV1(nn.Module):
    """Classify images (batch, 3, 224, 224) of pixels from -117 to 138; return logits (batch, 1008).

    Borders are those of images of 224 pixels, whatever the size: for an even side, SAME puts the
    odd pixel after the image.
    """

    def __init__(self) -> None:
        super().__init__()
        self._unit("conv2d0", CHANNELS, 64, 7, stride=2)
        self.maxpool0 = _halving()
        self.localresponsenorm0 = _normalisation()
        self._unit("conv2d1", 64, 64, 1)
        self._unit("conv2d2", 64, 192, 3)
        self.localresponsenorm1 = _normalisation()
        self.maxpool1 = _halving()
        inputs = 192
        for name, widths in BLOCKS.items():
            if name in _POOLS:
                self.add_module(_POOLS[name], _halving())
            inputs = self._block(name, inputs, *widths)
        self.softmax2_pre_activation_matmul = nn.Linear(inputs, CLASSES)

    def _unit(self, name: str, inputs: int, outputs: int, size: int, stride: int = 1) -> None:
        """Add a convolution, its border, and its rectifier."""
        before = (size - stride) // 2
        after = size - stride - before
        if size > 1:
            self.add_module(f"{name}_pre_relu_conv_pad", nn.ZeroPad2d((before, after, before, after)))
        self.add_module(f"{name}_pre_relu_conv", nn.Conv2d(inputs, outputs, size, stride))
        self.add_module(name, nn.ReLU())

    def _block(self, name: str, inputs: int, ones: int, to3: int, threes: int, to5: int, fives: int, pool: int) -> int:
        self._unit(f"{name}_1x1", inputs, ones, 1)
        self._unit(f"{name}_3x3_bottleneck", inputs, to3, 1)
        self._unit(f"{name}_3x3", to3, threes, 3)
        self._unit(f"{name}_5x5_bottleneck", inputs, to5, 1)
        self._unit(f"{name}_5x5", to5, fives, 5)
        self.add_module(f"{name}_pool", nn.MaxPool2d(3, 1, padding=1))
        self._unit(f"{name}_pool_reduce", inputs, pool, 1)
        self.add_module(name, Cat())
        return ones + threes + fives + pool

    def _through(self, name: str, x: torch.Tensor) -> torch.Tensor:
        for end in ("_pre_relu_conv_pad", "_pre_relu_conv", ""):
            module = getattr(self, name + end, None)
            x = x if module is None else module(x)
        return x

    def _mix(self, name: str, x: torch.Tensor) -> torch.Tensor:
        ones = self._through(f"{name}_1x1", x)
        threes = self._through(f"{name}_3x3", self._through(f"{name}_3x3_bottleneck", x))
        fives = self._through(f"{name}_5x5", self._through(f"{name}_5x5_bottleneck", x))
        pooled = self._through(f"{name}_pool_reduce", getattr(self, f"{name}_pool")(x))
        return getattr(self, name)([ones, threes, fives, pooled])

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.localresponsenorm0(self.maxpool0(self._through("conv2d0", x)))
        x = self._through("conv2d2", self._through("conv2d1", x))
        x = self.maxpool1(self.localresponsenorm1(x))
        for name in BLOCKS:
            x = self._mix(name, getattr(self, _POOLS[name])(x) if name in _POOLS else x)
        return self.softmax2_pre_activation_matmul(x.mean(dim=(2, 3)))


def _halving() -> nn.Module:
    """Return a pool of 3 x 3 positions with a stride of 2, whose border lies after the map and is never the largest."""
    return nn.Sequential(nn.ConstantPad2d((0, 1, 0, 1), float("-inf")), nn.MaxPool2d(3, 2))


def _normalisation() -> nn.Module:
    """Return TensorFlow's local response normalisation; PyTorch's divides alpha by the window."""
    window = 2 * _RADIUS + 1
    return nn.LocalResponseNorm(window, alpha=_ALPHA * window, beta=_BETA, k=_BIAS)
