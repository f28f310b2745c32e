"""What a direction of a layer looks like: pictures that climb along it.

After Carter et al. (2019, "Activation Atlas", appendix). Directions are whitened, so that what all vectors share does
not stand in every picture: S v with S = (A'A / n)^-1, A the vectors (n, channel), not centred. We differ in a ridge,
without which few vectors would have no inverse.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch.nn import functional

from figures import lab
from figures.measurement import measurement
from figures.methods import pictures
from figures.methods.activations import read_window
from figures.methods.batches import in_batches
from figures.methods.feature_visualization import Recipe, own_seed, transforms
from figures.methods.feature_visualization.colours import mixing
from figures.methods.feature_visualization.objectives import View, look_at
from figures.methods.feature_visualization.optimize import Ascent
from figures.methods.feature_visualization.parameterizations import Spectrum
from figures.methods.layers import map_size
from figures.methods.models import Model

SIDE_PX = 80
POWER = 2.0
_RIDGE = 1.0
_LEAST_COSINE = 0.1
_PIXELS, _MOST = 2**18, 64
TOGETHER = 128
"""Directions that are pictured, and kept, as one: few enough to share out, many enough to fill a processor."""


def recipe(steps: int) -> Recipe:
    """Say how icons climb; rectifiers are redirected only while nothing may have woken yet."""
    return Recipe(steps=steps, size_px=SIDE_PX, picture_px=SIDE_PX, redirected_steps=4)


@dataclass(frozen=True)
class Icons:
    """Pictures (n, side, side, channel) uint8 of directions, and the cosine (n,) with them that each reaches."""

    images: np.ndarray
    cosine: np.ndarray


def whitened(vectors: np.ndarray, directions: np.ndarray, ridge: float = _RIDGE) -> np.ndarray:
    """Return directions (m, channel) whitened by all vectors (n, channel): of length 1, zero where they were.

    The ridge is a share of the mean square of a channel.
    """
    double = vectors.astype(np.float64)
    square = double.T @ double / len(double)
    square += ridge * max(np.trace(square) / len(square), np.finfo(np.float64).tiny) * np.eye(len(square))
    turned = np.linalg.solve(square, directions.astype(np.float64).T).T
    length = np.linalg.norm(turned, axis=1, keepdims=True)
    return np.divide(turned, length, out=np.zeros_like(turned), where=length > 0).astype(np.float32)


def icons(
    model: Model, layer: str, directions: np.ndarray, *, recipe: Recipe, seed: int = 0,
    colours: np.ndarray | None = None, numbers: np.ndarray | None = None,
) -> Icons:  # fmt: skip
    """Picture directions (n, channel) of a layer, some at a time: on all the lab's workers at once.

    Each begins from its own of `numbers` (n,), by default its place in the row, and is the same in any company.
    """
    own = np.arange(len(directions)) if numbers is None else numbers
    how = {"model": model, "layer": layer, "recipe": recipe, "seed": seed, "colours": colours}
    several = [slice(first, first + TOGETHER) for first in range(0, len(directions), TOGETHER)]
    done = climbed.over([{**how, "directions": directions[some], "numbers": own[some]} for some in several])
    return Icons(*(np.concatenate(column) for column in zip(*((one.images, one.cosine) for one in done), strict=True)))


@measurement
def climbed(
    model: Model, layer: str, directions: np.ndarray, numbers: np.ndarray, *, recipe: Recipe, seed: int,
    colours: np.ndarray | None,
) -> Icons:  # fmt: skip
    """Picture some directions (n, channel), those with `numbers` (n,) of a row.

    Climbed is (h . d) max(0.1, cos(h, d))^2, h what the layer answers in the middle, after its rectifier.
    `recipe.size_px` is the side of what the network is shown, where a position sees no less.
    """
    look, mix = view(model, layer, recipe.size_px), mixing(model, recipe, colours).to(lab.device())
    guess = max(2, min(_MOST, _PIXELS // look.side_px**2))

    def climb(some: slice) -> tuple[np.ndarray, np.ndarray]:
        asked = torch.as_tensor(directions[some], device=lab.device())
        company = 1 + (len(asked) == 1)  # a lone image goes through other kernels, which round otherwise
        seeds = [own_seed(seed, f"direction {number}") for number in numbers[some].tolist()]
        ascent = Towards.begin(model, layer, asked.repeat(company, 1), look, seeds * company, (recipe, mix))
        ascent.run()
        images = pictures.pixels(pictures.rgb(ascent.portraits()))[: len(seeds)]
        return images, ascent.cosines()[: len(seeds)].cpu().numpy()

    done = list(in_batches(len(directions), guess, climb))
    return Icons(*(np.concatenate(column) for column in zip(*done, strict=True)))


def view(model: Model, layer: str, side_px: int) -> View:
    """Choose what the network is shown: `side_px`, less where a position sees less, a whole image where it must be."""
    side = min(side_px, model.input_size)
    if model.receptive_field(layer).size_px <= side or map_size(model, layer, side) is None:
        return look_at(model, layer, "neuron")
    return look_at(model, layer, "neuron", side)


@dataclass(frozen=True)
class Towards(Ascent):
    """Pictures (n) on their way up, each along its own direction (n, channel) of a layer."""

    directions: torch.Tensor

    @classmethod
    def begin(
        cls, model: Model, layer: str, directions: torch.Tensor, look: View, seeds: Sequence[int],
        how: tuple[Recipe, torch.Tensor],
    ) -> Towards:  # fmt: skip
        """Draw the first pictures, each from its own seed; `how` is the recipe, and how colours mix."""
        recipe, mix = how
        generators = [torch.Generator().manual_seed(one) for one in seeds]
        margin = math.ceil(recipe.jitter * look.field_px + abs(float(look.placed_px))) + 1
        spectrum = Spectrum.start(generators, look.side_px + 2 * margin, mix, recipe, recipe.cut_for(look.field_px))
        one = torch.ones(len(seeds), device=directions.device)
        places = torch.tensor([look.position] * len(seeds), device=directions.device)
        return cls(model, layer, one, one, places, recipe, look, spectrum, generators, directions)

    def answer(self, images: torch.Tensor) -> torch.Tensor:
        rows, columns = (slice(at, at + 1) for at in self.look.position)
        return read_window(self.model, images, self.layer, rows, columns, pre=False)

    def score(self, maps: torch.Tensor) -> torch.Tensor:
        here = maps[:, :, 0, 0]
        along = (here * self.directions).sum(dim=1)
        return along * self._cosine(here).clamp(min=_LEAST_COSINE) ** POWER

    @torch.no_grad()
    def cosines(self) -> torch.Tensor:
        """Return the cosine (n,) of what the layer answers, to pictures at rest, with each direction."""
        shown = self.spectrum.decode()
        still = transforms.still(len(shown), self.look.placed_px).to(shown)
        return self._cosine(self.answer(transforms.view(shown, still, self.look.side_px))[:, :, 0, 0])

    def _cosine(self, here: torch.Tensor) -> torch.Tensor:
        return functional.cosine_similarity(here, self.directions, dim=1)
