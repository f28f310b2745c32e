"""A picture in the style of another: its own shapes, and the other's statistics in the layers of a network.

After Gatys, Ecker & Bethge (2016, "Image style transfer using convolutional neural networks"), who match Gram
matrices in VGG. We differ in the network, which may be any, in errors relative to what is wanted, so that no layer
outweighs another, in small shifts of the picture from step to step, and in giving the pixels' own colours a say.
With the moments, what is matched is what adaptive instance normalization would make of the content.
"""

from __future__ import annotations

import functools
import hashlib
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch.nn import functional

from figures import lab
from figures.measurement import measurement
from figures.methods.activations import prepared, read
from figures.methods.cues import statistics
from figures.methods.models import Model
from figures.methods.one_thread import one_thread

GRAM, MOMENTS = "gram", "moments"
STYLE, CONTENT, COLOUR, SMOOTH = 3.0, 0.5, 3.0, 3.0
"""What a relative error of style in a layer weighs, one of content, one of the colours, and neighbours that differ."""
SIDE_PX = 224
"""The side of pictures for which neighbours weigh so much; in smaller ones they differ more, and weigh less."""
RATE, JITTER = 0.03, 1 / 56
_SHIFTS = 9
_BATCH = 8


@dataclass(frozen=True, eq=False)
class Pair:
    """A picture and another (channel, side, side) in [0, 1] whose style it is to have."""

    content: np.ndarray
    style: np.ndarray

    @functools.cached_property
    def digest(self) -> str:
        shape = f"{self.content.shape} {self.style.shape}".encode()
        return hashlib.sha256(shape + self.content.tobytes() + self.style.tobytes()).hexdigest()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Pair) and self.digest == other.digest

    def __hash__(self) -> int:
        return hash(self.digest)


@dataclass(frozen=True)
class Recipe:
    """How style is transferred: what is matched, in which layers, for how many steps; `strength` is the style's."""

    method: str = GRAM
    steps: int = 120
    strength: float = 1.0
    style_layers: tuple[str, ...] = ()
    content_layers: tuple[str, ...] = ()
    seed: int = 0

    def of(self, encoder: Model) -> Recipe:
        """Name layers as the encoder does, or choose some; raises ValueError for layers that there are not."""
        style = self.style_layers or usual_style(encoder)
        content = self.content_layers or usual_content(encoder)
        named = {"style_layers": style, "content_layers": content}
        return Recipe(
            self.method, self.steps, self.strength, seed=self.seed,
            **{name: tuple(dict.fromkeys(map(encoder.layer, layers))) for name, layers in named.items()},
        )  # fmt: skip


def usual_style(encoder: Model) -> tuple[str, ...]:
    """Choose the layers whose units see less than half of an image's side."""
    fields = {layer: encoder.receptive_field(layer).size_px for layer in encoder.main}
    small = tuple(layer for layer, px in fields.items() if px < 0.5 * encoder.input_size)
    return small or encoder.main[:1]


def usual_content(encoder: Model) -> tuple[str, ...]:
    """Choose the layers whose units see closest to a third and to two thirds of an image's side."""
    fields = {layer: encoder.receptive_field(layer).size_px / encoder.input_size for layer in encoder.main}
    return tuple(dict.fromkeys(min(fields, key=lambda layer: abs(fields[layer] - share)) for share in (1 / 3, 2 / 3)))


@dataclass(frozen=True)
class Stylised:
    """Pictures (n, channel, side, side) in [0, 1], and what was still wrong at every step, (n, steps).

    `style` and `content` are mean relative errors over layers; `loss` is all that was made smaller.
    """

    pictures: np.ndarray
    loss: np.ndarray
    style: np.ndarray
    content: np.ndarray


@measurement(each="pairs")
def stylised(encoder: Model, pairs: Sequence[Pair], recipe: Recipe) -> Stylised:
    """Change pictures step by step, each from itself, until they have the statistics of the others.

    On one thread of a CPU, so that the number of processors does not decide how the pictures look.
    """
    with one_thread():
        parts = [_together(encoder, pairs[at : at + _BATCH], recipe) for at in range(0, len(pairs), _BATCH)]
    return Stylised(*(np.concatenate([vars(part)[name] for part in parts]) for name in Stylised.__annotations__))


def _together(encoder: Model, pairs: Sequence[Pair], recipe: Recipe) -> Stylised:
    content, style = (
        prepared(np.stack([getattr(pair, name) for pair in pairs]), lab.device(), encoder.channels)
        for name in ("content", "style")
    )
    goal = Goal(encoder, content, style, recipe)
    picture = content.clone().requires_grad_()
    optimizer = torch.optim.Adam([picture], lr=RATE)
    errors = []
    for shift in lab.track(_shifts(encoder.input_size, recipe), "transfer of style", steps=len(pairs)):
        optimizer.zero_grad()
        seen = goal.errors(picture, shift)
        seen.loss.sum().backward()
        optimizer.step()
        with torch.no_grad():
            picture.clamp_(0, 1)
        errors.append(seen)
    curves = (
        torch.stack([getattr(one, name).detach() for one in errors], dim=1).cpu().numpy() for name in Errors.NAMES
    )
    return Stylised(picture.detach().cpu().numpy(), *curves)


def _shifts(side_px: int, recipe: Recipe) -> list[tuple[int, int]]:
    """Draw how far (down, right) the picture is shifted at each step, of a few shifts."""
    random, most = np.random.default_rng(recipe.seed), round(JITTER * side_px)
    several = random.integers(-most, most + 1, (_SHIFTS, 2))
    down, right = several[random.integers(0, _SHIFTS, recipe.steps)].T.tolist() if recipe.steps else ([], [])
    return list(zip(down, right, strict=True))


@dataclass(frozen=True)
class Errors:
    """How far pictures (n,) are from what is wanted."""

    loss: torch.Tensor
    style: torch.Tensor
    content: torch.Tensor

    NAMES = ("loss", "style", "content")


class Goal:
    """What pictures are to become: statistics of one layer after the other, and the content's maps."""

    def __init__(self, encoder: Model, content: torch.Tensor, style: torch.Tensor, recipe: Recipe) -> None:
        self.encoder, self.recipe, self.start, self.style = encoder, recipe, content, style
        self.layers = tuple(dict.fromkeys((*recipe.style_layers, *recipe.content_layers)))
        self.summary = statistics.gram if recipe.method == GRAM else statistics.moments
        with torch.no_grad():
            maps = self.maps(style)
            self.summaries = {layer: self.summary(maps[layer]) for layer in recipe.style_layers}
            self.colours = statistics.gram(with_ones(style))
            self.style_maps = {layer: maps[layer] for layer in recipe.content_layers}
        self.wanted: dict[tuple[int, int], Mapping[str, torch.Tensor]] = {}

    def maps(self, pictures: torch.Tensor) -> Mapping[str, torch.Tensor]:
        """Return the maps of all layers that count, behind their rectifiers."""
        return read(self.encoder, pictures.contiguous(memory_format=torch.channels_last), self.layers, pre=False)

    def errors(self, pictures: torch.Tensor, shift: tuple[int, int]) -> Errors:
        """Return what is wrong with pictures, seen shifted (down, right)."""
        maps, wanted = self.maps(moved(pictures, shift)), self._content(shift)
        styles = [statistics.distance(self.summary(maps[layer]), goal) for layer, goal in self.summaries.items()]
        contents = [statistics.distance(maps[layer], goal) for layer, goal in wanted.items()]
        colour = statistics.distance(statistics.gram(with_ones(pictures)), self.colours)
        style, content = torch.stack(styles), torch.stack(contents)
        loss = self.recipe.strength * (STYLE * style.sum(0) + COLOUR * colour) + CONTENT * content.sum(0)
        loss = loss + SMOOTH * pictures.shape[-1] / SIDE_PX * roughness(pictures)
        return Errors(loss, style.mean(0), content.mean(0))

    def _content(self, shift: tuple[int, int]) -> Mapping[str, torch.Tensor]:
        if shift not in self.wanted:
            with torch.no_grad():
                maps = self.maps(moved(self.start, shift))
            self.wanted[shift] = {layer: self._kept(layer, maps[layer]) for layer in self.recipe.content_layers}
        return self.wanted[shift]

    def _kept(self, layer: str, maps: torch.Tensor) -> torch.Tensor:
        """Return what the maps of a layer are to be: the content's, with the style's moments where those count."""
        return maps if self.recipe.method == GRAM else statistics.adain(maps, self.style_maps[layer])


def moved(pictures: torch.Tensor, shift: tuple[int, int]) -> torch.Tensor:
    """Shift pictures down and right by whole pixels, mirrored at their borders."""
    most, side = max(map(abs, shift)), pictures.shape[-1]
    if not most:
        return pictures
    wide = functional.pad(pictures, [most] * 4, mode="reflect")
    down, right = (most - by for by in shift)
    return wide[..., down : down + side, right : right + side]


def with_ones(pictures: torch.Tensor) -> torch.Tensor:
    """Set a channel of ones beside those of pictures, whose Gram matrix then holds their means."""
    return torch.cat([pictures, torch.ones_like(pictures[:, :1])], dim=1)


def roughness(pictures: torch.Tensor) -> torch.Tensor:
    """Return the mean absolute difference (n,) of neighbouring pixels, across and down together."""
    steps = pictures.diff(dim=-1), pictures.diff(dim=-2)
    return steps[0].abs().mean(dim=(1, 2, 3)) + steps[1].abs().mean(dim=(1, 2, 3))


def improvement(curve: np.ndarray) -> float:
    """Return by what share an error fell from the first step to the last; NaN where there was none."""
    return float(1 - curve[-1] / curve[0]) if len(curve) and curve[0] else math.nan
