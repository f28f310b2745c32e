"""What a reader may show a live network: stimuli by their handles, and pictures."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from figures.methods import asked_images, families, tuning
from figures.methods.datasets import Dataset
from figures.methods.models import Model
from figures.methods.views import View

FAMILIES = ("arcs", "filled", "lines", "angles")
"""The families that templates/static/stimuli.js draws too."""


@dataclass(frozen=True)
class Second:
    """The second number of a family: what it is called, its unit, how far it goes, and where it starts."""

    family: str
    name: str
    unit: str
    low: float
    high: float
    start: float


@dataclass(frozen=True)
class Scene:
    """Stimuli around `center_px` with strokes of a length and a width, and pictures (n, channel, size, size).

    `first` is what stands in the page: a family, at `orientation_deg`, or a picture by its name.
    """

    size_px: int
    center_px: tuple[float, float]
    length_px: float
    width_px: float
    seconds: tuple[Second, ...]
    names: tuple[str, ...]
    pictures: np.ndarray
    first: str
    orientation_deg: float
    image: np.ndarray


def view_of(model: Model, layer: str = "") -> View:
    """Look at the whole picture: with a layer from the middle of what its units see, else from its own middle."""
    if layer:
        return tuning.view(model, layer, 0, whole=True)
    middle = model.input_size / 2
    return View(model.input_size, (middle, middle), (0, 0), 0, model.input_size)


def scene(
    model: Model, dataset: Dataset, images: Sequence[str | Path], seen: View, *, first: str,
    orientation_deg: float = 0.0, second: float | None = None,
) -> Scene:  # fmt: skip
    """Set a scene; `first` is a family, or "" for the first of `images`. `second` is that family's at first."""
    pictures = asked_images.shown(model, dataset, images)
    seconds = tuple(_second(name, seen, second if name == first else None) for name in FAMILIES)
    if first:
        start = next(one.start for one in seconds if one.family == first)
        image = families.draw(families.find(first), seen, orientation_deg, start, channels=model.channels)[0]
        drawn = image.cpu().numpy()
    else:
        drawn = pictures.images[0]
    return Scene(
        size_px=model.input_size,
        center_px=seen.center_px,
        length_px=tuning.LENGTH * seen.field_px,
        width_px=tuning.WIDTH * seen.field_px,
        seconds=seconds,
        names=pictures.names,
        pictures=pictures.images,
        first=first or pictures.names[0],
        orientation_deg=float(orientation_deg),
        image=drawn,
    )


def _second(name: str, seen: View, start: float | None) -> Second:
    family = families.find(name)
    values = family.default_values(seen)
    middle = values[len(values) // 2 - 1] if start is None else start
    return Second(name, family.second, family.unit, min(values), max(values), float(middle))


def nearest_angle(degrees: float) -> float:
    """Return an angle in whole degrees, as the page's handle has them."""
    return float(math.floor(degrees + 0.5) % 360)
