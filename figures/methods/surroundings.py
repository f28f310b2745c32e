"""Whether a square cut out of a picture is enough to measure a layer on, whatever lies around it: found by trying.

Squeeze-and-excitation blocks, norms over space and pooling over the whole picture let all of it move what a
position answers, though none of them counts as seeing (see `networks.rules`). A list of such modules would never
be complete, so a layer is shown the same square in two surroundings, and alone. The square holds the receptive
fields of all positions that are compared, with what of the picture's own border they see; so only what lies
outside the fields differs, and a convolutional network answers the same to the last bit.
"""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass, field

import torch

from figures.methods.activations import activations
from figures.methods.layers import map_size
from figures.methods.models import Model

SAME = 0.005
"""How far answers may lie apart, as a share of their spread, that count as the same: rounding stays a tenth of it."""
_SQUARES, _GRAIN_PX = 2, 8


@dataclass(frozen=True)
class Cut:
    """A square of a picture, `side_px` from `first_px` on along both axes, in step with the layer's stride.

    `first` and `stop` are the positions that count, along both axes of the layer's map of the square alone.
    """

    side_px: int
    first_px: int
    first: int
    stop: int


def stands_alone(model: Model, layer: str, cut: Cut) -> bool:
    """Tell whether positions answer the same to a square alone as within any picture; False where none is taken."""
    return cut.side_px >= model.input_size or max(_apart(_trial(model, layer, cut))) <= SAME


def reaches_in(model: Model, layer: str, cut: Cut) -> bool:
    """Tell whether what lies around a square moves what its positions answer."""
    return cut.side_px < model.input_size and _apart(_trial(model, layer, cut))[0] > SAME


@dataclass(frozen=True)
class _Trial:
    """A square to be tried; equal networks are tried once."""

    source: object
    layer: str
    cut: Cut
    model: Model = field(compare=False)


def _trial(model: Model, layer: str, cut: Cut) -> _Trial:
    return _Trial(model.maker, model.layer(layer), cut, model)


@functools.lru_cache(maxsize=1024)
def _apart(trial: _Trial) -> tuple[float, float]:
    """Return how far answers in two surroundings lie apart, and those to the square alone from the first of them."""
    model, cut = trial.model, trial.cut
    squares = _blotches(model.channels, cut.side_px, seed=0)
    blotches = _blotches(model.channels, model.input_size, seed=1).round()
    grounds = torch.full_like(blotches, 0.5), blotches
    flat, blotched = (_answers(trial, _around(squares, ground, cut)) for ground in grounds)
    if map_size(model, trial.layer, cut.side_px) is None:
        return _distance(flat, blotched), math.inf
    return _distance(flat, blotched), _distance(flat, _answers(trial, squares))


def _answers(trial: _Trial, images: torch.Tensor) -> torch.Tensor:
    """Return what the positions that count answer, (n, channel, rows, columns)."""
    maps = activations(trial.model, images, trial.layer)
    moved = 0 if images.shape[-1] == trial.cut.side_px else _steps(trial)
    read = slice(trial.cut.first + moved, trial.cut.stop + moved)
    return maps[:, :, read, read]


def _steps(trial: _Trial) -> int:
    return trial.cut.first_px // trial.model.receptive_field(trial.layer).stride_px


def _around(squares: torch.Tensor, ground: torch.Tensor, cut: Cut) -> torch.Tensor:
    images = ground.clone()
    within = slice(cut.first_px, cut.first_px + cut.side_px)
    images[:, :, within, within] = squares
    return images


def _blotches(channels: int, side_px: int, seed: int) -> torch.Tensor:
    """Draw lots for a few images (n, channel, side, side) of blotches that differ in colour."""
    count = -(-side_px // _GRAIN_PX)
    drawn = torch.rand(_SQUARES, channels, count, count, generator=torch.Generator().manual_seed(seed))
    return drawn.repeat_interleave(_GRAIN_PX, 2).repeat_interleave(_GRAIN_PX, 3)[..., :side_px, :side_px]


def _distance(one: torch.Tensor, other: torch.Tensor) -> float:
    """Return the root mean square difference as a share of the spread within channels; endless for other shapes."""
    if one.shape != other.shape:
        return math.inf
    difference = float((one - other).square().mean().sqrt())
    spread = float((one - one.mean(dim=(0, 2, 3), keepdim=True)).square().mean().sqrt())
    return difference / max(spread, torch.finfo(torch.float32).tiny)
