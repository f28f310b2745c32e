"""What a unit looks for: pictures made by gradient ascent on what it answers.

After Olah, Mordvintsev and Schubert (2017, "Feature visualization", Distill). We differ in
climbing the pre-activation of one neuron, in adding noise to the input, and in keeping the
contrast fixed, which together make small networks legible.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Sequence

import numpy as np
import torch

from figures import lab
from figures.measurement import measurement
from figures.methods import datasets, scan
from figures.methods.feature_visualization.optimize import Ascent
from figures.methods.feature_visualization.parameterizations import colour_matrix, grey_matrix
from figures.methods.feature_visualization.recipe import Recipe
from figures.methods.models import Model

__all__ = ["Recipe", "visualize"]

_COLOURS = "glyphs:512"
_BATCH = 32
DEFAULT = Recipe()


@measurement(each="units")
def visualize(model: Model, units: Sequence[str], *, recipe: Recipe = DEFAULT, seed: int = 0) -> dict[str, np.ndarray]:
    """Make pictures that raise the activation of units, each the same alone and in any batch.

    images (unit, side, side, channel) uint8: the picture that does best under held-out
    movements, cut to what the unit sees; opacity is a fourth channel. variants (unit,
    recipe.diversity, side, side, channel), where there are several: all, best first. inputs (unit, size, size,
    channel): the same picture as an input of the network, before its central position.
    activation, held_out (unit,): pre-activation or logit reached at rest, and on average
    under held-out movements. dead (unit,): the picture never made the unit answer.
    """
    found: dict[str, dict[str, np.ndarray]] = {}
    per_batch = max(1, _BATCH // recipe.diversity)
    for layer, names in _by_layer(model, units).items():
        for start in range(0, len(names), per_batch):
            some = names[start : start + per_batch]
            found.update(zip(some, _together(model, layer, some, recipe, seed), strict=True))
    return {name: np.stack([found[unit][name] for unit in units]) for name in found[units[0]]}


def _by_layer(model: Model, units: Sequence[str]) -> dict[str, list[str]]:
    layers: dict[str, list[str]] = {}
    for name in dict.fromkeys(units):
        layers.setdefault(model.unit(name).layer, []).append(name)
    return layers


def _together(model: Model, layer: str, names: Sequence[str], recipe: Recipe, seed: int) -> list[dict[str, np.ndarray]]:
    """Visualize units of one layer in one batch."""
    if recipe.objective == "logit" and layer not in model.heads:
        raise ValueError(f"{names[0]} has no logit; expected a unit of {' or '.join(model.heads)}")
    seeds = [_seed(seed, name, variant) for name in names for variant in range(recipe.diversity)]
    channels = [model.unit(name).index for name in names]
    ascent = Ascent.start(model, layer, channels, seeds, recipe, _colours(model, recipe).to(lab.device()))
    unmoved = ascent.run()
    reached, held_out = ascent.reached(), ascent.held_out()
    silent = (reached <= 0) & (layer not in model.heads) & (not recipe.negative)
    portraits, inputs = _pixels(ascent.portraits()), _pixels(ascent.inputs())
    results = []
    for i in range(0, len(seeds), recipe.diversity):
        ranked = i + torch.argsort(held_out[i : i + recipe.diversity], descending=not recipe.negative)
        best = int(ranked[0])
        several = {"variants": portraits[ranked.numpy()]} if recipe.diversity > 1 else {}
        results.append({
            "images": portraits[best], "inputs": inputs[best], **several,
            "activation": reached[best].numpy(), "held_out": held_out[best].numpy(),
            "dead": np.asarray(bool((unmoved | silent)[best])),
        })  # fmt: skip
    return results


def _colours(model: Model, recipe: Recipe) -> torch.Tensor:
    if recipe.colour == "grey":
        return grey_matrix(model.channels)
    return _natural()


@functools.lru_cache(maxsize=1)
def _natural() -> torch.Tensor:
    """Return the colours of the images that the networks were trained on."""
    return colour_matrix(scan.colour_covariance(datasets.load(_COLOURS))["covariance"])


def _seed(seed: int, unit: str, variant: int) -> int:
    """Derive a picture's own seed, so that its neighbours do not matter."""
    digest = hashlib.sha256(f"{seed} {unit} {variant}".encode()).digest()
    return int.from_bytes(digest[:8], "big") >> 1


def _pixels(pictures: torch.Tensor) -> np.ndarray:
    """Turn pictures (n, channel, side, side) in [0, 1] into uint8 (n, side, side, channel)."""
    return pictures.mul(255).round().clamp(0, 255).to(torch.uint8).movedim(1, -1).cpu().numpy()
