"""Pictures that raise not a unit but a sum of activations, each with a weight."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import torch

from figures.methods import pictures
from figures.methods.activations import read
from figures.methods.feature_visualization.colours import grey_matrix
from figures.methods.feature_visualization.objectives import View
from figures.methods.feature_visualization.optimize import Ascent
from figures.methods.feature_visualization.parameterizations import Spectrum
from figures.methods.feature_visualization.recipe import Recipe
from figures.methods.models import Model


@dataclass(frozen=True)
class Climb(Ascent):
    """Pictures (n) on their way up, each to its own weighted sum of a layer's activations.

    `weights` (n, channel, height, width), of which each picture's sum is one, or zero for nothing.
    """

    weights: torch.Tensor

    @classmethod
    def start_at(
        cls, model: Model, layer: str, weights: torch.Tensor, look: View, seeds: Sequence[int], recipe: Recipe
    ) -> Climb:
        """Draw the first pictures, each from its own seed; the view's offsets say where they lie in it."""
        generators = [torch.Generator().manual_seed(seed) for seed in seeds]
        margin = math.ceil(recipe.jitter * look.field_px) + 1
        colours, cut = grey_matrix(model.channels).to(weights.device), recipe.cut_for(look.field_px)
        side = look.side_px if look.whole else look.field_px
        spectrum = Spectrum.start(generators, side + 2 * margin, colours, recipe, cut)
        one = torch.ones(len(seeds), device=weights.device)
        whole = weights.sum(dim=(1, 2, 3), keepdim=True)
        shares = weights / torch.where(whole > 0, whole, torch.ones_like(whole))
        return cls(model, layer, one, one, one, recipe, look, spectrum, generators, shares)

    @property
    def frame(self) -> tuple[int, float | torch.Tensor]:
        return self.look.field_px, (self.look.offset_px if self.look.whole else 0.0)

    def answer(self, images: torch.Tensor) -> torch.Tensor:
        return read(self.model, images, [self.layer], pre=False)[self.layer]

    def score(self, maps: torch.Tensor) -> torch.Tensor:
        return (self.weights * maps).sum(dim=(1, 2, 3))

    @torch.no_grad()
    def drawn(self) -> torch.Tensor:
        """Return the pictures (n, 4, side, side): grey as RGB, and opacity; nothing where nothing was asked for."""
        finished = self.portraits()
        asked = self.weights.sum(dim=(1, 2, 3)).gt(0).to(finished)
        return torch.cat([pictures.rgb(finished[:, :-1]), finished[:, -1:] * asked[:, None, None, None]], dim=1)


_GREENS = ((0.0, 0.16, 0.14), (0.0, 0.55, 0.45), (0.45, 0.94, 0.80))
_REDS = ((0.30, 0.06, 0.0), (0.84, 0.30, 0.06), (1.0, 0.70, 0.50))


def two_hues(driving: torch.Tensor, holding: torch.Tensor, above: torch.Tensor, below: torch.Tensor) -> torch.Tensor:
    """Mix pictures (n, 4, side, side) of what drives, in greens, and of what holds back, in reds.

    Each is as opaque as what it shows, `above` and `below` (n, …), is strong.
    """
    up, down = above.sum(dim=(1, 2, 3)), below.sum(dim=(1, 2, 3))
    most = torch.maximum(up, down).clamp(min=torch.finfo(up.dtype).tiny)
    layers = [(driving, _GREENS, up / most), (holding, _REDS, down / most)]
    opacity = [picture[:, 3:] * strength.to(picture)[:, None, None, None] for picture, _, strength in layers]
    total = opacity[0] + opacity[1]
    mixed = sum(_tinted(picture[:, :1], hues) * own for (picture, hues, _), own in zip(layers, opacity, strict=True))
    clear = (1 - opacity[0]) * (1 - opacity[1])
    return torch.cat([mixed / total.clamp(min=1e-6), 1 - clear], dim=1)


def _tinted(grey: torch.Tensor, hues: Sequence[Sequence[float]]) -> torch.Tensor:
    """Colour grey (n, 1, side, side) by a dark, a middle and a light hue."""
    dark, middle, light = (torch.tensor(hue, device=grey.device)[:, None, None] for hue in hues)
    low, high = (2 * grey).clamp(max=1), (2 * grey - 1).clamp(min=0)
    return dark + (middle - dark) * low + (light - middle) * high
