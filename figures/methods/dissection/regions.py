"""Where in images there are colours, edges, the figure and the ground: masks that need no labels.

Colours and edges follow fixed rules, so that they are known of every image. Bau et al. (2017, "Network Dissection")
take colours from named ones; ours are six equal ranges of hue around red, yellow, green, cyan, blue and magenta.
"""

from __future__ import annotations

import math

import numpy as np
import torch
from torch.nn import functional

from figures.glyphs.dataset import masks
from figures.methods.datasets import Dataset, Glyphs
from figures.methods.datasets.pictures import Pictures
from figures.methods.datasets.resizing import resized

HUES = ("red", "yellow", "green", "cyan", "blue", "magenta")
COLOURS = (*HUES, "black", "grey", "white")
EDGES = ("horizontal", "falling", "vertical", "rising")
WHOLE, FIGURE, GROUND = "whole", "figure", "ground"
REGIONS = (WHOLE, FIGURE, GROUND, *(f"colour {name}" for name in COLOURS), *(f"edge {name}" for name in EDGES))
"""Every region that an image has a mask of, in the order of `of`."""
MOST_PX = 56
_DARK, _LIGHT, _PALE = 0.2, 0.8, 0.2
_STEEP = 0.06
"""How much lightness an edge changes from one pixel of the grid to the next, at least."""
_FIGURES = 0.98
"""Pictures that are more opaque than this, on the mean, have no figure."""


def side(size_px: int) -> int:
    """Return the side of the grid on which images of a size are compared with maps: half of it or less."""
    return size_px // max(2, size_px // MOST_PX)


def of(images: torch.Tensor, figure: torch.Tensor) -> torch.Tensor:
    """Return the masks (n, regions, side, side) of images (n, channel, side, side) with figures (n, side, side)."""
    whole = torch.ones_like(figure)
    return torch.stack([whole, figure, ~figure, *_colours(images), *_edges(images)], dim=1)


def _colours(images: torch.Tensor) -> list[torch.Tensor]:
    rgb = images if images.shape[1] == 3 else images[:, :1].expand(-1, 3, -1, -1)
    red, green, blue = rgb.unbind(1)
    most, span = rgb.amax(1), rgb.amax(1) - rgb.amin(1)
    hue = torch.atan2(math.sqrt(3) * (green - blue), 2 * red - green - blue) * (3 / math.pi)
    place = torch.round(hue).remainder(6).long()
    dark, pale = most < _DARK, span < _PALE * most
    light = pale & ~dark & (most > _LIGHT)
    vivid = ~dark & ~pale
    return [*(vivid & (place == k) for k in range(6)), dark, pale & ~dark & ~light, light]


def _edges(images: torch.Tensor) -> list[torch.Tensor]:
    """Return where the lightness changes, by how the edge runs: across, down to the right, upright, up to the right."""
    grey = functional.pad(images.mean(1, keepdim=True), (1, 1, 1, 1), mode="replicate")
    smooth = torch.tensor([1.0, 2.0, 1.0]) / 4
    slope = torch.tensor([-0.5, 0.0, 0.5])
    right, down = (functional.conv2d(grey, kernel[None, None])[:, 0]
                   for kernel in (smooth[:, None] * slope, slope[:, None] * smooth))  # fmt: skip
    runs = torch.atan2(right, -down).remainder(math.pi) * (4 / math.pi)  # a quarter turn from where it is lighter
    place, steep = torch.round(runs).remainder(4).long(), torch.hypot(right, down) > _STEEP
    return [steep & (place == k) for k in range(4)]


def figures(dataset: Dataset, indices: np.ndarray, side_px: int) -> torch.Tensor:
    """Return where the figure of each image is, (n, side, side) bool: what is drawn, or what hides the ground.

    All of an image of which that is not known.
    """
    if isinstance(dataset, Glyphs):
        ink = (masks(dataset.parameters(indices)) < 0).float()[:, None]
        return resized(ink, side_px)[:, 0] > 0.5
    if isinstance(dataset, Pictures):
        return dataset.sized(side_px, 3).silhouettes(indices)[:, 0] > 0.5
    return torch.ones((len(indices), side_px, side_px), dtype=torch.bool)


def has_figures(dataset: Dataset, indices: np.ndarray) -> bool:
    """Tell whether it is known where figures are in images; a few of them are looked at."""
    if isinstance(dataset, Glyphs):
        return True
    few = dataset.usable(indices[:: max(1, len(indices) // 8)])[0]
    return bool(figures(dataset, few, MOST_PX).float().mean() < _FIGURES)
