"""What a map is worth: how soon a unit falls silent without the pixels that it puts first, and how soon those suffice.

After Petsiuk, Das & Saenko (2018, "RISE"). We differ in bringing pixels back to grey, not to a blurred picture.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch

from figures.methods.batches import in_batches
from figures.methods.saliency.maps import BASELINE
from figures.methods.saliency.target import Target

STEPS = 16
_BATCH = 8


@dataclass(frozen=True)
class Curves:
    """Scores (steps + 1,) as a growing share of pixels is made grey, or brought back to grey."""

    deletion: np.ndarray
    insertion: np.ndarray


def shares(points: int) -> np.ndarray:
    """Return the share of pixels that is changed at each point of a curve, from none to all."""
    return np.linspace(0, 1, points)


def area(curve: np.ndarray) -> np.ndarray:
    """Return the area under curves (…, points) over the share of pixels: a mean score."""
    mean: np.ndarray = (curve[..., 1:] + curve[..., :-1]).mean(axis=-1) / 2
    return mean


def curves(target: Target, image: torch.Tensor, pixels: np.ndarray, steps: int = STEPS) -> Curves:
    """Change pixels of a picture (channel, side, side) in the order of a map (side, side), the largest first.

    Of equal ones, the upper left comes first.
    """
    order = torch.from_numpy(np.argsort(-pixels.ravel(), kind="stable").copy()).to(image.device)
    rank = torch.empty_like(order)
    rank[order] = torch.arange(len(order), device=image.device)
    first = [round(share * len(order)) for share in shares(steps + 1)]
    changed = rank.view(1, 1, *pixels.shape) < torch.tensor(first, device=image.device)[:, None, None, None]
    grey = torch.full_like(image, BASELINE)
    return Curves(*(_scores(target, *sides, changed) for sides in ((grey, image), (image, grey))))


def _scores(target: Target, become: torch.Tensor, were: torch.Tensor, changed: torch.Tensor) -> np.ndarray:
    def scored(some: slice) -> torch.Tensor:
        return target.score(torch.where(changed[some], become, were)).double()

    with torch.no_grad():
        scores: np.ndarray = torch.cat(list(in_batches(len(changed), _BATCH, scored))).cpu().numpy()
    return scores
