"""One image traced with one spline: what is traced, how well, and what the spline looks like on its way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from figures.measurement import measurement
from figures.methods import asked_images, strokes, tracing
from figures.methods.datasets import Dataset
from figures.methods.models import Model
from figures.methods.pictures import pixels

STAGES = 12
"""How many steps of the way are drawn, at most."""


@dataclass(frozen=True)
class Source:
    """An image (channel, size, size) to trace, what it is called, and the curve that it shows, where that is known."""

    image: np.ndarray
    words: str
    truth: np.ndarray | None = None

    @property
    def picture(self) -> np.ndarray:
        """The image as pixels, (size, size, channel) uint8."""
        return pixels(torch.as_tensor(self.image)[None])[0]


def source(model: Model, dataset: Dataset, picture: str | Path | None, search: tracing.Search) -> Source:
    """Open a picture; without one, draw a curve by lot, which is known. Raises ValueError as `asked_images` does."""
    if picture is not None:
        asked = asked_images.shown(model, dataset, [picture])
        return Source(asked.images[0], asked.words[0])
    truth = tracing.curve(model.input_size, search.seed).astype(np.float32)
    [drawn] = tracing.drawn(model, torch.tensor(truth)[None], search).numpy()
    return Source(drawn, "a curve drawn by lot", truth)


@dataclass(frozen=True)
class Tracing:
    """A spline at every step of its way, (steps + 1,), for units of `layer` that build on `before`.

    knots (steps + 1, k, 2) in pixels; distance_px: mean distance to the curve that the image shows, nan where
    that is not known.
    """

    units: tuple[str, ...]
    layer: str
    before: str
    knots: np.ndarray
    cosine: np.ndarray
    length_px: np.ndarray
    distance_px: np.ndarray

    @property
    def steps(self) -> int:
        return len(self.cosine) - 1

    @property
    def known(self) -> bool:
        """Whether the curve that the image shows is known."""
        return not np.isnan(self.distance_px).all()

    @property
    def stages(self) -> list[int]:
        """The steps to show: close together at first, where most happens, and the last."""
        return stages(self.steps)

    def columns(self) -> dict[str, np.ndarray]:
        """Return what a table lists of every step."""
        numbers = {"cosine": self.cosine, "length_px": self.length_px, "distance_px": self.distance_px}
        return {"step": np.arange(self.steps + 1), **numbers}


def stages(steps: int) -> list[int]:
    """Choose among so many steps which to show, the last among them."""
    return sorted({round(steps * (i / (STAGES - 1)) ** 2) for i in range(STAGES)})


def of(model: Model, shown: Source, units: Sequence[str], search: tracing.Search) -> Tracing:
    """Trace an image for a family of units."""
    trace = tracing.trace(model, shown.image, units, search=search)
    lines, (layer, _) = strokes.sampled(torch.as_tensor(trace.knots)), tracing.family(model, units)
    apart = np.full(len(lines), np.nan)
    if shown.truth is not None:
        truth = strokes.sampled(torch.as_tensor(shown.truth)[None])
        apart = strokes.apart_px(lines, truth.expand(len(lines), -1, -1)).numpy()
    lengths = strokes.lengths_px(lines).numpy()
    before = tracing.layer_before(model, layer)
    return Tracing(tuple(units), layer, before, trace.knots, trace.score, lengths, apart)


@dataclass(frozen=True)
class Looks:
    """What a spline looks like: SVG paths at the `stages`, and the last over the image, (1, side, side) in [0, 1].

    `side_px` and `width_px` are of the image and the stroke in the network's pixels.
    """

    paths: tuple[str, ...]
    over: np.ndarray
    side_px: int
    width_px: float


def looks(model: Model, seen: Tracing, search: tracing.Search, *, side_px: int) -> Looks:
    """Draw the stages of a spline, and the last one larger, on a square of `side_px`."""
    paths = tuple(strokes.path(torch.as_tensor(seen.knots[step])) for step in seen.stages)
    over = covered(model, seen.knots[-1:], search, side_px)
    return Looks(paths, over, model.input_size, search.width(model.input_size))


def covered(model: Model, knots: np.ndarray, search: tracing.Search, side_px: int) -> np.ndarray:
    """Draw splines (n, k, 2) larger than the network sees them, (n, side, side)."""
    scale = side_px / model.input_size
    return drawn(knots * scale, search.width(model.input_size) * scale, side_px)["covers"]


@measurement
def drawn(knots: np.ndarray, width_px: float, side_px: int) -> dict[str, np.ndarray]:
    """Draw splines with knots (n, k, 2) in pixels as strokes of a width: {`covers`: (n, side, side) in [0, 1]}."""
    line = strokes.sampled(torch.as_tensor(knots))
    return {"covers": strokes.coverage(line, size_px=side_px, width_px=width_px).cpu().numpy()}
