"""What of a picture does a unit respond to? The picture itself, changed so that the unit answers more.

After Hamblin et al. (2024, "Feature accentuation: revealing 'what' features respond to in natural
images"). We differ in adding waves to the picture before its sigmoid instead of changing the
picture's own, and in climbing the logarithm of what the unit answers, so that one price for
leaving the picture suits all units.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from torch.nn import functional

from figures import lab
from figures.measurement import measurement
from figures.methods import pictures, precision
from figures.methods.activations import prepared, read
from figures.methods.batches import in_batches
from figures.methods.feature_visualization import groups, objectives, own_seed, transforms
from figures.methods.feature_visualization.colours import mixing
from figures.methods.feature_visualization.glances import Glance
from figures.methods.feature_visualization.optimize import Ascent
from figures.methods.feature_visualization.parameterizations import Spectrum, falling_off
from figures.methods.feature_visualization.recipe import Recipe
from figures.methods.models import Model
from figures.units import PRE, Unit

__all__ = ["Accented", "accentuate", "halfway"]

_MOST, _PIXELS = 16, 2**19
_DARKEST = 0.02
"""The logits of black and white are infinite: the picture's range ends so far from both."""
RECIPE = Recipe(steps=64, rate=0.02, decay=1.5, cut=0.25, noise=0.1, jitter=0.04, rotation_deg=5.0, scaling=0.04)


@dataclass(frozen=True)
class Accented:
    """One picture, changed for each unit.

    images (unit, side, side, 3) uint8. places (unit, 2): the position (y, x) that is raised, (-1, -1) for a whole
    channel. before, after (unit,): pre-activation or logit at it, in the picture as it is and as it became.
    changed (unit,): the squared distance between the two at the layer that holds the picture together, as a share
    of the first's squared norm there.
    """

    images: np.ndarray
    places: np.ndarray
    before: np.ndarray
    after: np.ndarray
    changed: np.ndarray


@measurement(each="units")
def accentuate(
    model: Model,
    units: Sequence[str],
    *,
    image: np.ndarray,
    keep_layer: str,
    keep: float = 1.0,
    objective: str = "neuron",
    steps: int = 64,
    seed: int = 0,
    colours: np.ndarray | None = None,
) -> Accented:
    """Change one picture for each unit, so that it answers more (with a minus, less).

    image (channel, size, size) in [0, 1], as the network takes it. A unit without a position is raised
    where it answers most in the picture as it is; with the objective channel everywhere. `keep` is what a
    change of all that `keep_layer` says of the picture costs, in units of e-fold activation; at 0 nothing holds
    the picture together. `colours` is the covariance of images' colours (see `colours_of`): changes have such ones.

    Raises ValueError for an objective that there is not, and for a position with the objective channel.
    """
    recipe = replace(RECIPE, objective=objective, steps=steps)
    wanted = {text: model.unit(text) for text in units}
    for unit in wanted.values():
        if unit.position is not None and objective == "channel":
            raise ValueError(f"{unit} is one position; the objective channel is for all of them: expected neuron")
    wish = _Wish(image, keep_layer, keep, recipe, seed, mixing(model, recipe, colours).to(lab.device()))
    done: dict[Unit, dict[str, np.ndarray]] = {}
    for group in groups(list(wanted.values())):
        for part in _in_batches(model, group, wish):
            done.update(part)
            ready = [text for text, unit in wanted.items() if unit in part]
            lab.current().finished(ready, _beside([part[wanted[text]] for text in ready]))
    return _beside([done[wanted[text]] for text in units])


def _beside(several: Sequence[dict[str, np.ndarray]]) -> Accented:
    return Accented(**{name: np.stack([one[name] for one in several]) for name in several[0]})


def halfway(model: Model, units: Sequence[str]) -> str:
    """Name the main layer in the middle between the image and the deepest of some units, in the network's order."""
    order = {name: place for place, name in enumerate(model.layers)}
    before = max(order.get(model.unit(text).layer.removesuffix(PRE), len(order)) for text in units)
    passed = [name for name in model.main if order.get(name, len(order)) < before] or list(order)[:1]
    return passed[(len(passed) - 1) // 2]


@dataclass(frozen=True)
class _Wish:
    """What all pictures of one call have in common."""

    image: np.ndarray
    keep_layer: str
    keep: float
    recipe: Recipe
    seed: int
    colours: torch.Tensor


def _in_batches(model: Model, group: list[Unit], wish: _Wish) -> Iterator[dict[Unit, dict[str, np.ndarray]]]:
    guess = max(1, min(_MOST, _PIXELS // model.input_size**2))
    return in_batches(len(group), guess, lambda some: _together(model, group[some], wish))


def _together(model: Model, units: list[Unit], wish: _Wish) -> dict[Unit, dict[str, np.ndarray]]:
    # A lone image goes through other convolutions, which round otherwise: after all steps one sees that.
    accent = Accent.start_from(model, units * (1 + (len(units) == 1)), wish)
    before = accent.reached()
    accent.run()
    after, changed = accent.reached(), accent.changed()
    images = pictures.pixels(pictures.rgb(accent.portraits()))
    places = accent.places.cpu() if wish.recipe.objective == "neuron" else torch.full((len(units), 2), -1)
    columns = {
        "images": images, "places": places.numpy(), "before": before.numpy(), "after": after.numpy(),
        "changed": changed.numpy(),
    }  # fmt: skip
    return {unit: {name: values[row] for name, values in columns.items()} for row, unit in enumerate(units)}


@dataclass(frozen=True)
class Changes(Spectrum):
    """Waves that are added to a picture, `ground` (channel, side, side), before its sigmoid."""

    ground: torch.Tensor

    @classmethod
    def none_yet(
        cls, count: int, image: torch.Tensor, margin_px: int, recipe: Recipe, colours: torch.Tensor
    ) -> Changes:
        """Begin with an image (channel, side, side) as it is, and what it reflects beyond its border."""
        inside = _DARKEST + (1 - 2 * _DARKEST) * image
        ground = torch.logit(functional.pad(inside[None], [margin_px] * 4, mode="reflect")[0])
        side = ground.shape[-1]
        waves = falling_off(side, recipe.decay, recipe.cut).to(image)
        waves = waves / waves.square().sum().mul(2).sqrt()  # coefficients of 1 make changes of 1
        coefficients = torch.zeros(
            count, colours.shape[1], side, side // 2 + 1, 2, device=image.device
        ).requires_grad_()
        return cls(coefficients, colours, 1.0, False, side, waves, ground)

    def decode(self, factor: int = 1) -> torch.Tensor:
        """Return pictures (n, channel, side, side) in [0, 1], `factor` times as fine."""
        changes, ground = torch.einsum("dc,nchw->ndhw", self.colours, self.planes(factor)), self.ground[None]
        if factor > 1:
            ground = functional.interpolate(ground, scale_factor=factor, mode="bilinear", align_corners=False)
        return _lit(ground + changes)

    @torch.no_grad()
    def unchanged(self) -> torch.Tensor:
        """Return the picture (1, channel, side, side) as it was."""
        return _lit(self.ground[None])


def _lit(logits: torch.Tensor) -> torch.Tensor:
    """Return brightness in [0, 1]."""
    return ((torch.sigmoid(logits) - _DARKEST) / (1 - 2 * _DARKEST)).clamp(0, 1)


@dataclass(frozen=True)
class Accent(Ascent):
    """One picture on its way up, for each of some units of a layer."""

    keep_layer: str
    keep: float

    @classmethod
    def start_from(cls, model: Model, units: Sequence[Unit], wish: _Wish) -> Accent:
        """Begin with the image, looked at where each unit answers most to it."""
        layer, device, recipe = units[0].layer, lab.device(), wish.recipe
        look = objectives.look_at(model, layer, "neuron", whole=True)
        picture = prepared(wish.image[None], device, model.channels)[0]
        generators = [torch.Generator().manual_seed(own_seed(wish.seed, str(unit))) for unit in units]
        margin = math.ceil(recipe.jitter * look.field_px) + 1
        spectrum = Changes.none_yet(len(units), picture, margin, recipe, wish.colours)
        channels = torch.tensor([unit.index for unit in units]).to(device)
        signs = torch.tensor([-1.0 if unit.negative else 1.0 for unit in units]).to(device)
        with torch.no_grad():
            maps = read(model, picture[None], [layer])[layer][0]
        found = [_strongest(maps[unit.index], -1.0 if unit.negative else 1.0) for unit in units]
        places = torch.tensor([unit.position or place for unit, place in zip(units, found, strict=True)]).to(device)
        return cls(
            model, layer, channels, signs, places, recipe, look, spectrum, generators, wish.keep_layer, wish.keep
        )

    def goal(self, glance: Glance, *, redirected: bool = False) -> torch.Tensor:
        """Return what each picture (n,) is to raise, less what it costs to leave the picture."""
        changed, original = self._seen(glance.maps)
        if glance.starts is not None:
            added = self.recipe.noise * self._noise(glance.starts, changed)
            changed, original = changed + added, original + added
        with objectives.redirected_rectifiers(redirected):
            read_here = self._read(changed, self.layer, self.keep_layer)
        score = self.score(read_here[self.layer])
        if not self.keep:
            return score
        with torch.no_grad():
            wanted = self._read(original, self.keep_layer)
        apart = _distance(read_here[self.keep_layer], wanted[self.keep_layer])
        return score - self.keep * score.detach().abs() * apart

    @torch.no_grad()
    def changed(self) -> torch.Tensor:
        """Return how far the pictures (n,) are from what they were, where they are held together."""
        changed, original = self._seen(transforms.still(len(self.channels)))
        return _distance(*(self._read(one, self.keep_layer)[self.keep_layer] for one in (changed, original))).cpu()

    def _seen(self, maps: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Return the pictures (n, channel, side, side) and the original, through the same maps."""
        assert isinstance(self.spectrum, Changes)
        pictures = self.spectrum.decode()
        original = self.spectrum.unchanged().expand_as(pictures)
        through = maps.to(pictures)
        side = self.look.side_px
        return transforms.view(pictures, through, side), transforms.view(original, through, side)

    def _read(self, seen: torch.Tensor, *layers: str) -> dict[str, torch.Tensor]:
        flat = seen.contiguous(memory_format=torch.channels_last)
        with precision.climbing():
            maps = read(self.model, flat, layers)
        return {layer: maps[layer].to(seen.dtype) for layer in layers}


def _distance(one: torch.Tensor, other: torch.Tensor) -> torch.Tensor:
    """Return the squared distance (n,) between maps (n, …), as a share of the second's squared norm."""
    squares = (one - other).square().flatten(1).sum(dim=1), other.square().flatten(1).sum(dim=1)
    return squares[0] / squares[1].clamp(min=torch.finfo(other.dtype).tiny)


def _strongest(values: torch.Tensor, sign: float) -> tuple[int, int]:
    """Return the position (y, x) of the largest value, or of the smallest."""
    best = int((sign * values).argmax())
    return best // values.shape[1], best % values.shape[1]
