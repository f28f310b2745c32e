"""Gradient ascent on many pictures at once, none of which knows of the others."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch

from figures import lab
from figures.methods import precision
from figures.methods.activations import center, read, read_window
from figures.methods.feature_visualization import climbing, objectives, transforms
from figures.methods.feature_visualization.glances import Glance, Glances
from figures.methods.feature_visualization.noise import noise
from figures.methods.feature_visualization.parameterizations import Phases, Spectrum
from figures.methods.feature_visualization.recipe import Recipe
from figures.methods.models import Model
from figures.units import Unit

_HELD_OUT = 8
_OPACITY_COST = 0.5
_MIDDLING = 0.5


@dataclass(frozen=True)
class Ascent:
    """Pictures (n) on their way up: one unit each, and `recipe.diversity` pictures of a unit side by side.

    `channels`, `signs` (n,) and `places` (n, 2) are what is read, and whether more or less of it is wanted.
    """

    model: Model
    layer: str
    channels: torch.Tensor
    signs: torch.Tensor
    places: torch.Tensor
    recipe: Recipe
    look: objectives.View
    spectrum: Spectrum
    generators: Sequence[torch.Generator]

    @classmethod
    def start(
        cls, model: Model, units: Sequence[Unit], seeds: Sequence[int], recipe: Recipe, colours: torch.Tensor,
        amplitudes: np.ndarray | None = None,
    ) -> Ascent:  # fmt: skip
        """Draw the first pictures, each from its own seed, of units of one layer.

        Either all units have a position or none; those that have one see the whole image.
        """
        layer, placed = units[0].layer, units[0].position is not None
        look = objectives.look_at(model, layer, recipe.objective, recipe.size_px, whole=placed)
        generators = [torch.Generator().manual_seed(seed) for seed in seeds]
        margin = math.ceil(recipe.jitter * look.field_px + abs(float(look.placed_px))) + 1
        spectrum = _first(generators, look, look.side_px + 2 * margin, recipe, colours, amplitudes)
        return cls(model, layer, *_targets(units, look, recipe, colours.device), recipe, look, spectrum, generators)

    @property
    def jitter_px(self) -> float:
        return self.recipe.jitter * self.look.field_px

    def run(self) -> torch.Tensor:
        """Climb; return which pictures (n,) never felt a gradient."""
        count, coefficients = len(self.channels), self.spectrum.coefficients
        glances = Glances.draw(self.generators, self.recipe.steps, self._mapped, coefficients.device)
        steps = climbing.steps(self.goal, coefficients, self.recipe.rate * self.spectrum.rate)
        for number, glance in enumerate(
            lab.track(glances, f"visualize {self.layer}", self.recipe.steps * count, count)
        ):
            steps.take(glance, number < self.recipe.redirected_steps)
        return (steps.lift == 0).cpu()

    def _mapped(self, uniforms: torch.Tensor) -> torch.Tensor:
        return transforms.affine(uniforms, self.recipe, self.jitter_px, self.look.placed_px)

    def goal(self, glance: Glance, *, redirected: bool = False) -> torch.Tensor:
        """Return what each picture (n,) is to raise, looked at in one way."""
        pictures = self.spectrum.decode()
        seen = transforms.view(pictures, glance.maps.to(pictures), self.look.side_px)
        if self.recipe.alpha:
            seen = _laid_on(seen, glance.grounds)
        if glance.starts is not None:
            seen = seen + self.recipe.noise * self._noise(glance.starts, seen)
        flat = seen.contiguous(memory_format=torch.channels_last)
        with objectives.redirected_rectifiers(redirected), precision.climbing():
            answer = self.answer(flat).to(seen.dtype)
        return self._adjusted(self.score(answer), answer, pictures)

    def answer(self, images: torch.Tensor) -> torch.Tensor:
        """Return the maps (n, channel, height, width) that pictures are judged by, or what is read of them alone."""
        if self.place is None:
            return read(self.model, images, [self.layer])[self.layer]
        rows, columns = (slice(at, at + 1) for at in self.place)
        return read_window(self.model, images, self.layer, rows, columns)

    @property
    def place(self) -> tuple[int, int] | None:
        """The one position (y, x) that all pictures are judged by; None where more of the maps counts."""
        one = self.recipe.objective == "neuron" and self.recipe.diversity == 1 and not self.look.apart
        return self.look.position if one else None

    @property
    def answered(self) -> torch.Tensor:
        """Where each picture's position (n, 2) is in what `answer` gives."""
        return self.places if self.place is None else torch.zeros_like(self.places)

    def score(self, maps: torch.Tensor) -> torch.Tensor:
        """Return what each picture (n,) is worth by its maps."""
        return self.signs * objectives.scores(maps, self.channels, self.recipe.objective, self.answered)

    def _noise(self, starts: torch.Tensor, seen: torch.Tensor) -> torch.Tensor:
        grey = self.recipe.colour == "grey" or self.spectrum.colours.shape[1] == 1
        return noise(starts, 1 if grey else seen.shape[1], seen.shape[-1]).to(seen)

    def _adjusted(self, score: torch.Tensor, answer: torch.Tensor, pictures: torch.Tensor) -> torch.Tensor:
        """Reward transparency, and pictures of one unit that differ."""
        weight = score.detach().abs()
        if self.recipe.alpha:
            score = score - _OPACITY_COST * weight * pictures[:, -1].mean(dim=(1, 2))
        if self.recipe.diversity > 1:
            score = score - self.recipe.apart * weight * objectives.likeness(answer, self.recipe.diversity)
        return score

    @torch.no_grad()
    def reached(self) -> torch.Tensor:
        """Return the activation (n,) that each picture reaches at rest, without noise, in the 8 bits it is kept in."""
        return self._activation(transforms.still(len(self.channels), self.look.placed_px), kept=True)

    @torch.no_grad()
    def held_out(self) -> torch.Tensor:
        """Return the mean activation (n,) under movements that were not climbed on."""
        moves = transforms.draw(self.generators, _HELD_OUT)
        return torch.stack([self._activation(self._mapped(one)) for one in moves]).mean(dim=0)

    def _activation(self, maps: torch.Tensor, *, kept: bool = False) -> torch.Tensor:
        """Return the activation (n,) seen through `maps`; for whole channels, at its strongest position.

        With `kept`, of pictures in 8 bits: what comes of a picture that is read back. To a unit that
        hardly answers, the rounding is a third of the answer.
        """
        pictures = self.spectrum.decode()
        seen = transforms.view(pictures, maps.to(pictures), self.look.side_px)
        if kept:
            seen = (255 * seen).round() / 255
        if self.recipe.alpha:
            seen = _laid_on(seen, None)
        answer = read(self.model, seen.contiguous(memory_format=torch.channels_last), [self.layer])[self.layer]
        if self.recipe.objective == "channel":
            own = answer[torch.arange(len(answer), device=answer.device), self.channels].flatten(1)
            return (self.signs * (self.signs[:, None] * own).amax(dim=1)).cpu()
        return objectives.scores(answer, self.channels, "neuron", self.places).cpu()

    @property
    def frame(self) -> tuple[int, float | torch.Tensor]:
        """What is shown of pictures: its side, and how far right of and below their middle its own lies, in px."""
        return (self.look.side_px if self.look.whole else self.look.field_px), 0.0

    @torch.no_grad()
    def portraits(self) -> torch.Tensor:
        """Draw pictures (n, channel, side, side), cut to what the unit sees, with all their waves."""
        (shown, offset), side = self.frame, self.recipe.picture_px
        factor = math.ceil(side / shown)
        fine = self.spectrum.decode(factor)
        maps = transforms.still(len(fine), -offset).to(fine)
        maps[:, :, :2] *= shown * factor / side
        maps[:, :, 2] *= factor
        return transforms.view(fine, maps, side)

    @torch.no_grad()
    def inputs(self) -> torch.Tensor:
        """Draw pictures as the network's own input (n, channel, side, side), before its central position."""
        size = self.model.input_size
        offset = 0.0
        if self.look.local:  # the picture's middle belongs where that position looks
            place = center(self.model, self.layer)[0]
            offset = self.model.receptive_field(self.layer).center_px(place) - (size - 1) / 2
        pictures = self.spectrum.decode()
        return transforms.view(pictures, transforms.still(len(pictures), offset).to(pictures), size)


def _first(
    generators: Sequence[torch.Generator], look: objectives.View, side_px: int, recipe: Recipe, colours: torch.Tensor,
    amplitudes: np.ndarray | None,
) -> Spectrum:  # fmt: skip
    if recipe.parameterization == "fourier":
        return Spectrum.start(generators, side_px, colours, recipe, recipe.cut_for(look.field_px))
    if amplitudes is None:
        raise ValueError("parameterization phase without a spectrum; expected the mean amplitudes of some images")
    return Phases.start_at(generators, side_px, colours, recipe, amplitudes)


def _targets(
    units: Sequence[Unit], look: objectives.View, recipe: Recipe, device: torch.device
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Return channels, signs and places, each repeated for a unit's pictures."""
    signs = [-1.0 if unit.negative or recipe.negative else 1.0 for unit in units]
    places = [unit.position or look.position for unit in units]
    columns = (torch.tensor([unit.index for unit in units]), torch.tensor(signs), torch.tensor(places))
    channels, sign, place = (one.to(device).repeat_interleave(recipe.diversity, dim=0) for one in columns)
    return channels, sign, place


def _laid_on(seen: torch.Tensor, grounds: torch.Tensor | None) -> torch.Tensor:
    """Put transparent pictures on grounds of a random grey, so that only what is opaque can be relied on."""
    colour, opacity = seen[:, :-1], seen[:, -1:]
    grey = _MIDDLING if grounds is None else grounds.to(seen)[:, None, None, None]
    return colour * opacity + grey * (1 - opacity)
