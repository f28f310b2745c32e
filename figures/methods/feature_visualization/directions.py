"""Pictures that raise not one channel but a direction: a mixture of a layer's channels, at one position.

The objective is that of Carter et al. (2019, "Activation atlas", Distill): how far what the layer answers lies along
the direction, times a power of the cosine between the two, so that a picture may not win by answering much of all.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, fields

import numpy as np
import torch

from figures import lab
from figures.measurement import measurement
from figures.methods import pictures
from figures.methods.batches import in_batches
from figures.methods.feature_visualization import own_seed
from figures.methods.feature_visualization.colours import mixing
from figures.methods.feature_visualization.optimize import Ascent
from figures.methods.feature_visualization.recipe import Recipe
from figures.methods.layers import rectified
from figures.methods.models import Model
from figures.units import Unit

POWER, _LEAST_COSINE = 2, 0.1
_MOST, _PIXELS = 32, 2**20


@dataclass(frozen=True)
class Mixtures:
    """A picture (n, side, side, 3) uint8 of each direction."""

    images: np.ndarray


@measurement
def towards(
    model: Model, layer: str, directions: np.ndarray, *, recipe: Recipe, seed: int = 0,
    colours: np.ndarray | None = None,
) -> Mixtures:  # fmt: skip
    """Make a picture for each direction (n, channel) of a layer, whatever their lengths.

    `colours` is the covariance of the images' colours (see `colours_of`). Raises ValueError for directions
    of another number of channels than the layer has.
    """
    if directions.ndim != 2 or directions.shape[1] != model.size(layer) or not len(directions):
        raise ValueError(f"directions {directions.shape}; expected (directions, {model.size(layer)})")
    mixed = mixing(model, recipe, colours).to(lab.device())
    guess = max(2, min(_MOST, _PIXELS // model.input_size**2))

    def together(some: slice) -> np.ndarray:
        chosen = np.arange(len(directions))[some]
        # A lone image goes through other convolutions, which round otherwise: after all steps one sees that.
        company = np.repeat(chosen, 2) if len(chosen) == 1 else chosen
        seeds = [own_seed(seed, f"{layer} direction {number}") for number in company]
        ascent = Towards.start_at(model, layer, torch.as_tensor(directions[company]), seeds, recipe, mixed)
        ascent.run()
        return pictures.pixels(pictures.rgb(ascent.portraits()))[: len(chosen)]

    return Mixtures(np.concatenate(list(in_batches(len(directions), guess, together))))


@dataclass(frozen=True)
class Towards(Ascent):
    """Pictures (n) on their way up, each along its own direction (n, channel) of length one."""

    directions: torch.Tensor

    @classmethod
    def start_at(
        cls, model: Model, layer: str, directions: torch.Tensor, seeds: list[int], recipe: Recipe,
        colours: torch.Tensor,
    ) -> Towards:  # fmt: skip
        """Draw the first pictures, each from its own seed."""
        begun = Ascent.start(model, [Unit(layer, 0)] * len(seeds), seeds, recipe, colours)
        lengths = directions.norm(dim=1, keepdim=True).clamp_min(torch.finfo(directions.dtype).tiny)
        unit = (directions / lengths).to(colours)
        return cls(**{one.name: getattr(begun, one.name) for one in fields(Ascent)}, directions=unit)

    def score(self, maps: torch.Tensor) -> torch.Tensor:
        return along(self._read(maps), self.directions, rectified(self.model, self.layer))

    def _read(self, maps: torch.Tensor) -> torch.Tensor:
        """Return what the layer answers (n, channel): at a position, or on average over all."""
        if self.recipe.objective == "channel":
            return maps.mean(dim=(2, 3))
        places = self.answered.T
        return maps[torch.arange(len(maps), device=maps.device), :, places[0], places[1]]


def along(answers: torch.Tensor, directions: torch.Tensor, cut: bool, power: int = POWER) -> torch.Tensor:
    """Return how far answers (n, channel) lie along directions (n, channel) of length one, times cosine ** power.

    With `cut`, what is below zero never leaves the layer, and does not count as another direction.
    """
    far = (answers * directions).sum(dim=1)
    lengths = (answers.relu() if cut else answers).norm(dim=1)
    cosine = far / lengths.clamp_min(math.sqrt(torch.finfo(answers.dtype).tiny))
    return far * cosine.clamp(_LEAST_COSINE, 1) ** power
