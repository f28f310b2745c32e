"""What a unit looks for: pictures made by gradient ascent on what it answers.

After Olah, Mordvintsev and Schubert (2017, "Feature visualization", Distill). We differ in
climbing the pre-activation of one neuron, in adding noise to the input, and in keeping the
contrast fixed, which together make small networks legible.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch

from figures import lab
from figures.measurement import measurement
from figures.methods import pictures
from figures.methods.batches import in_batches
from figures.methods.feature_visualization.colours import colours_of, mixing
from figures.methods.feature_visualization.optimize import Ascent
from figures.methods.feature_visualization.recipe import Recipe
from figures.methods.layers import rectified
from figures.methods.models import Model
from figures.units import Unit

__all__ = ["Portraits", "Recipe", "check", "colours_of", "groups", "own_seed", "visualize"]

_PIXELS, _MOST = 2**20, 32
DEFAULT = Recipe()


@dataclass(frozen=True)
class Portraits:
    """Feature visualizations of units.

    images (unit, side, side, 3) uint8: the picture that does best under held-out movements, cut to what the
    unit sees; opacity is a fourth channel. variants (unit, recipe.diversity, side, side, 3), where there are
    several: all, best first. inputs (unit, size, size, channel): the same picture as an input of the network,
    before its central position. activation, held_out (unit,): pre-activation or logit that `inputs` reach at rest,
    and on average under held-out movements. dead (unit,): the picture never made the unit answer.
    """

    images: np.ndarray
    inputs: np.ndarray
    activation: np.ndarray
    held_out: np.ndarray
    dead: np.ndarray
    variants: np.ndarray | None = None


@measurement(each="units")
def visualize(
    model: Model,
    units: Sequence[str],
    *,
    recipe: Recipe = DEFAULT,
    seed: int = 0,
    colours: np.ndarray | None = None,
    spectrum: np.ndarray | None = None,
) -> Portraits:
    """Make pictures that raise the activation of units, each the same alone and in any batch.

    A unit with a position is raised there, in a whole image; others where they see no border. A
    unit with a minus is lowered. `colours` is the covariance of the images' colours (see
    `colours_of`); `spectrum` (channel, size, size // 2 + 1) their mean amplitudes, for
    pictures by phase alone.

    Raises ValueError for units that the recipe's objective does not suit.
    """
    check(model, units, recipe)
    wish = _Wish(recipe, seed, mixing(model, recipe, colours).to(lab.device()), spectrum)
    wanted = {text: model.unit(text) for text in units}
    portraits: dict[Unit, dict[str, np.ndarray]] = {}
    for group in groups(list(wanted.values())):
        for part in _in_batches(model, group, wish):
            portraits.update(part)
            ready = [text for text, unit in wanted.items() if unit in part]
            lab.current().finished(ready, _beside([part[wanted[text]] for text in ready]))
    return _beside([portraits[wanted[text]] for text in units])


def _beside(several: Sequence[dict[str, np.ndarray]]) -> Portraits:
    return Portraits(**{name: np.stack([one[name] for one in several]) for name in several[0]})


def _in_batches(model: Model, group: list[Unit], wish: _Wish) -> Iterator[dict[Unit, dict[str, np.ndarray]]]:
    least = 1 + (wish.recipe.diversity == 1)  # a lone image would be computed twice
    guess = max(least, min(_MOST, _PIXELS // model.input_size**2) // wish.recipe.diversity)
    return in_batches(len(group), guess, lambda some: _together(model, group[some], wish))


def check(model: Model, units: Sequence[str], recipe: Recipe) -> None:
    """Raise ValueError for a unit that there is not, or that a recipe does not suit."""
    for unit in map(model.unit, units):
        if recipe.objective == "logit" and unit.layer not in model.heads:
            raise ValueError(f"{unit} has no logit; expected a unit of {' or '.join(model.heads) or 'a head'}")
        if unit.position is not None and recipe.objective == "channel":
            raise ValueError(f"{unit} is one position; the objective channel is for all of them: expected neuron")
        if unit.position is not None and recipe.size_px not in (0, model.input_size):
            raise ValueError(f"{unit} with size {recipe.size_px}; it is a position in images of {model.input_size} px")


@dataclass(frozen=True)
class _Wish:
    """What all pictures of one call have in common."""

    recipe: Recipe
    seed: int
    colours: torch.Tensor
    spectrum: np.ndarray | None


def groups(units: Sequence[Unit]) -> list[list[Unit]]:
    """Gather units that share a view: those of a layer, and those of it that have a position."""
    groups: dict[tuple[str, bool], list[Unit]] = {}
    for unit in dict.fromkeys(units):
        groups.setdefault((unit.layer, unit.position is None), []).append(unit)
    return list(groups.values())


def _together(model: Model, units: list[Unit], wish: _Wish) -> dict[Unit, dict[str, np.ndarray]]:
    """Visualize units of one view in one batch."""
    recipe = wish.recipe
    seeds = [own_seed(wish.seed, str(unit), variant) for unit in units for variant in range(recipe.diversity)]
    # A lone image goes through other convolutions, which round otherwise: after all steps one sees that.
    company = 1 + (len(seeds) == 1)
    ascent = Ascent.start(model, units * company, seeds * company, recipe, wish.colours, wish.spectrum)
    unmoved = ascent.run()
    reached, held_out = ascent.reached(), ascent.held_out()
    signs = ascent.signs.cpu()
    dead = unmoved | ((reached <= 0) & (signs > 0) & rectified(model, units[0].layer))
    portraits, inputs = _pixels(ascent.portraits(), recipe), pictures.pixels(ascent.inputs())
    results = {}
    for i, unit in zip(range(0, len(seeds), recipe.diversity), units, strict=True):
        own = slice(i, i + recipe.diversity)
        ranked = i + torch.argsort(signs[own] * held_out[own], descending=True)
        best = int(ranked[0])
        several = {"variants": portraits[ranked.numpy()]} if recipe.diversity > 1 else {}
        results[unit] = {
            "images": portraits[best], "inputs": inputs[best], **several,
            "activation": reached[best].numpy(), "held_out": held_out[best].numpy(),
            "dead": np.asarray(bool(dead[best])),
        }  # fmt: skip
    return results


def own_seed(seed: int, unit: str, variant: int = 0) -> int:
    """Derive a picture's own seed, so that its neighbours do not matter."""
    digest = hashlib.sha256(f"{seed} {unit} {variant}".encode()).digest()
    return int.from_bytes(digest[:8], "big") >> 1


def _pixels(images: torch.Tensor, recipe: Recipe) -> np.ndarray:
    """Turn finished pictures into RGB, or RGBA where they have an opacity."""
    if not recipe.alpha:
        return pictures.pixels(pictures.rgb(images))
    return pictures.pixels(torch.cat([pictures.rgb(images[:, :-1]), images[:, -1:]], dim=1))
