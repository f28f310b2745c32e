"""Maps of a picture by several methods, with what each is worth; every method is kept by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch

from figures import lab
from figures.measurement import measurement
from figures.methods.activations import prepared
from figures.methods.models import Model
from figures.methods.saliency import maps
from figures.methods.saliency.deletion import area, curves
from figures.methods.saliency.maps import Recipe
from figures.methods.saliency.target import Target


@dataclass(frozen=True)
class Saliency:
    """What methods (n) say of a picture.

    attributions (n, channel, side, side); pixels (n, side, side): what each says of a pixel. value, grey (n,): what is
    explained, in the picture and in grey. deletion, insertion (n, points): the score as pixels become grey, or come
    back to it, the most important first.
    """

    attributions: np.ndarray
    pixels: np.ndarray
    value: np.ndarray
    grey: np.ndarray
    deletion: np.ndarray
    insertion: np.ndarray

    @property
    def deletion_area(self) -> np.ndarray:
        """The mean score (n,) while pixels go; small where a map finds what matters."""
        return area(self.deletion)

    @property
    def insertion_area(self) -> np.ndarray:
        """The mean score (n,) while pixels come; large where a map finds what matters."""
        return area(self.insertion)

    @property
    def gap(self) -> np.ndarray:
        """What attributions (n,) add up to, less the difference of picture and grey."""
        gap: np.ndarray = self.attributions.sum(axis=(1, 2, 3), dtype=np.float64) - (self.value - self.grey)
        return gap


@measurement(each="methods")
def saliency(
    model: Model, methods: Sequence[str], *, unit: str, place: tuple[int, int], image: np.ndarray,
    recipe: Recipe,
) -> Saliency:  # fmt: skip
    """Ask each of some methods which pixels of a picture (channel, side, side) in [0, 1] move a unit at a place.

    The value is a logit, or what enters the unit's rectifier; the score is the probability of a class, and of
    another unit the value. Raises ValueError for a method that there is not or that does not suit the network.
    """
    target = Target(model, model.unit(unit), place)
    shown = prepared(image[None], lab.device(), model.channels)[0]
    with torch.no_grad():
        value, grey = target.value(torch.stack([shown, torch.full_like(shown, maps.BASELINE)])).double().tolist()
    return _stacked([{**_of(target, shown, method, recipe), "value": value, "grey": grey} for method in methods])


def _of(target: Target, image: torch.Tensor, method: str, recipe: Recipe) -> dict[str, np.ndarray]:
    attributions = maps.attributed(target, image, method, recipe).float().cpu().numpy()
    pixels = maps.of_pixels(method, attributions)
    return {"attributions": attributions, "pixels": pixels, **vars(curves(target, image, pixels))}


def _stacked(several: Sequence[dict[str, np.ndarray]]) -> Saliency:
    return Saliency(**{name: np.stack([np.asarray(one[name]) for one in several]) for name in several[0]})
