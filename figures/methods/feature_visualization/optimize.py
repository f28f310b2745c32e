"""Gradient ascent on many pictures at once, none of which knows of the others."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import torch

from figures import lab
from figures.methods.activations import center, read
from figures.methods.feature_visualization import objectives, transforms
from figures.methods.feature_visualization.parameterizations import Spectrum
from figures.methods.feature_visualization.recipe import Recipe
from figures.methods.models import Model

_HELD_OUT = 8
_FINEST_LINES = 1.6
_OPACITY_COST = 0.5


@dataclass(frozen=True)
class Ascent:
    """Pictures (n) on their way up: one unit each, and `recipe.diversity` pictures of a unit side by side."""

    model: Model
    layer: str
    channels: torch.Tensor
    recipe: Recipe
    look: objectives.View
    spectrum: Spectrum
    generators: Sequence[torch.Generator]

    @classmethod
    def start(
        cls, model: Model, layer: str, units: Sequence[int], seeds: Sequence[int], recipe: Recipe, colours: torch.Tensor
    ) -> Ascent:
        """Draw the first pictures, each from its own seed."""
        look = objectives.look_at(model, layer, recipe.objective, recipe.size_px)
        generators = [torch.Generator().manual_seed(seed) for seed in seeds]
        margin = math.ceil(recipe.jitter * look.field_px + abs(look.offset_px)) + 1
        cut = max(recipe.cut, _FINEST_LINES / look.field_px)
        spectrum = Spectrum.start(generators, look.side_px + 2 * margin, colours, recipe, cut)
        channels = objectives.indices(units, recipe.diversity, colours.device)
        return cls(model, layer, channels, recipe, look, spectrum, generators)

    @property
    def jitter_px(self) -> float:
        return self.recipe.jitter * self.look.field_px

    def run(self) -> torch.Tensor:
        """Climb; return which pictures (n,) never felt a gradient."""
        optimizer = torch.optim.Adam([self.spectrum.coefficients], lr=self.recipe.rate)
        moves = transforms.draw(self.generators, self.recipe.steps)
        moved = torch.zeros(len(self.channels), dtype=torch.bool, device=self.channels.device)
        for step in lab.track(range(self.recipe.steps), f"visualize {self.layer}", steps=len(self.channels)):
            maps = transforms.affine(moves[step], self.recipe, self.jitter_px, self.look.offset_px)
            optimizer.zero_grad()
            (-self.goal(maps, redirected=step < self.recipe.redirected_steps).sum()).backward()
            moved |= self.spectrum.coefficients.grad.flatten(1).ne(0).any(dim=1)
            optimizer.step()
        return ~moved.cpu()

    def goal(self, maps: torch.Tensor, *, redirected: bool = False, noisy: bool = True) -> torch.Tensor:
        """Return what each picture (n,) is to raise, seen through `maps` (n, 2, 3)."""
        pictures = self.spectrum.decode()
        seen = transforms.view(pictures, maps.to(pictures), self.look.side_px)
        if self.recipe.alpha:
            seen = self._laid_on_ground(seen)
        if noisy:
            seen = seen + self.recipe.noise * self._noise(seen)
        with objectives.redirected_rectifiers(redirected):
            answer = read(self.model, seen.contiguous(memory_format=torch.channels_last), [self.layer])[self.layer]
        score = objectives.scores(answer, self.channels, self.recipe.objective, self.look.position)
        score = -score if self.recipe.negative else score
        return self._adjusted(score, answer, pictures)

    def _noise(self, seen: torch.Tensor) -> torch.Tensor:
        channels = 1 if self.recipe.colour == "grey" else seen.shape[1]
        return transforms.noise(self.generators, channels, seen.shape[-1]).to(seen)

    def _laid_on_ground(self, seen: torch.Tensor) -> torch.Tensor:
        """Put transparent pictures on grounds of a random grey, so that only what is opaque can be relied on."""
        colour, opacity = seen[:, :-1], seen[:, -1:]
        grey = torch.stack([torch.rand(1, 1, 1, generator=one) for one in self.generators]).to(seen)
        return colour * opacity + grey * (1 - opacity)

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
        """Return the activation (n,) that each picture reaches, at rest and without noise."""
        return self._activation(transforms.still(len(self.channels), self.look.offset_px))

    @torch.no_grad()
    def held_out(self) -> torch.Tensor:
        """Return the mean activation (n,) under movements that were not climbed on."""
        moves = transforms.draw(self.generators, _HELD_OUT)
        maps = [transforms.affine(one, self.recipe, self.jitter_px, self.look.offset_px) for one in moves]
        return torch.stack([self._activation(one) for one in maps]).mean(dim=0)

    def _activation(self, maps: torch.Tensor) -> torch.Tensor:
        """Return the activation (n,) seen through `maps`; for whole channels, at its strongest position."""
        pictures = self.spectrum.decode()
        seen = transforms.view(pictures, maps.to(pictures), self.look.side_px)
        if self.recipe.alpha:
            seen = seen[:, :-1] * seen[:, -1:] + 0.5 * (1 - seen[:, -1:])
        answer = read(self.model, seen.contiguous(memory_format=torch.channels_last), [self.layer])[self.layer]
        if self.recipe.objective == "channel":
            own = answer[torch.arange(len(answer), device=answer.device), self.channels].flatten(1)
            return (own.amin(dim=1) if self.recipe.negative else own.amax(dim=1)).cpu()
        return objectives.scores(answer, self.channels, "neuron", self.look.position).cpu()

    @torch.no_grad()
    def portraits(self) -> torch.Tensor:
        """Draw what each unit sees of its picture, (n, channel, picture_px, picture_px) in [0, 1]."""
        field, side = self.look.field_px, self.recipe.picture_px
        factor = math.ceil(side / field)
        fine = self.spectrum.decode(factor)
        maps = transforms.still(len(fine)).to(fine)
        maps[:, :, :2] *= field * factor / side
        return transforms.view(fine, maps, side)

    @torch.no_grad()
    def inputs(self) -> torch.Tensor:
        """Draw pictures as the network's own input (n, channel, side, side), before its central position."""
        size = self.model.input_size
        place = center(self.model, self.layer)[0]
        offset = 0.0
        if self.look.local:  # the picture's middle belongs where that position looks
            offset = self.model.receptive_field(self.layer).center_px(place) - (size - 1) / 2
        pictures = self.spectrum.decode()
        return transforms.view(pictures, transforms.still(len(pictures), offset).to(pictures), size)
