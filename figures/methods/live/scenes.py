"""What a reader may show a live network: stimuli by their handles, and pictures."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from figures.methods import asked_images, families, tuning
from figures.methods.asked_images import Shown
from figures.methods.cues import conflicts
from figures.methods.datasets import Dataset
from figures.methods.exported.exported import Exported
from figures.methods.models import Model
from figures.methods.views import View

FAMILIES = ("arcs", "filled", "lines", "angles")
"""The families that templates/static/stimuli.js draws too."""


HANDLED_BYTES = 4_000_000
"""A network with more bytes of weights is shown pictures only: it could not follow a hand."""


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


def pictures(
    model: Model, dataset: Dataset, images: Sequence[str | Path], content: Sequence[str | Path] = (),
    style: Sequence[str | Path] = (),
) -> Shown:  # fmt: skip
    """Open pictures, and draw glyphs' shapes, each by itself and in each of some textures."""
    several = [asked_images.shown(model, dataset, images)]
    if content and style:
        shapes, _, both = conflicts.drawings(model, dataset, content, style, 0)
        several += [shapes, both]
    elif content or style:
        given, lacking = ("content", "style") if content else ("style", "content")
        raise ValueError(f"{given} without {lacking}; expected shapes in `content` and textures in `style`")
    names, words, labels = (sum((getattr(one, name) for one in several), ()) for name in ("names", "words", "labels"))
    return Shown(names, words, labels, np.concatenate([one.images for one in several]))


def of_whole(model: Model, shown: Shown, exported: Exported) -> Scene:
    """Set a scene for a whole network: its first picture, or a shape where there is none.

    Raises ValueError for a network without pictures that is too large to follow a hand.
    """
    handled = FAMILIES if len(exported.weights) <= HANDLED_BYTES else ()
    if not handled and not shown.names:
        raise ValueError(
            f"{model.name} has {len(exported.weights) / 1e6:.1f} MB of weights and cannot follow a hand; "
            "expected `images` to choose from"
        )
    return scene(model, shown, view_of(model), first="" if shown.names else "filled", handled=handled)


def scene(
    model: Model, shown: Shown, seen: View, *, first: str, orientation_deg: float = 0.0,
    second: float | None = None, handled: Sequence[str] = FAMILIES,
) -> Scene:  # fmt: skip
    """Set a scene; `first` is a family, or "" for the first picture. `second` is that family's at first."""
    seconds = tuple(_second(name, seen, second if name == first else None) for name in handled)
    if first:
        start = next(one.start for one in seconds if one.family == first)
        image = families.draw(families.find(first), seen, orientation_deg, start, channels=model.channels)[0]
        drawn = image.cpu().numpy()
    else:
        drawn = shown.images[0]
    return Scene(
        size_px=model.input_size,
        center_px=seen.center_px,
        length_px=tuning.LENGTH * seen.field_px,
        width_px=tuning.WIDTH * seen.field_px,
        seconds=seconds,
        names=shown.names,
        pictures=shown.images,
        first=first or shown.names[0],
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
