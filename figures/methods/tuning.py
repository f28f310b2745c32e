"""Measure how units respond to synthetic arcs, and describe their tuning curves.

After Cammarata et al. (2021, "Curve Detectors", sections "Synthetic curves" and "Radial
tuning curve"). We differ in scaling the arcs by the layer's receptive field, so that the
same question can be asked of any layer of any network.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch

from figures import lab
from figures.measurement import measurement
from figures.methods import stimuli
from figures.methods.activations import activations, center
from figures.methods.batches import in_batches
from figures.methods.layers import map_size, rectified
from figures.methods.models import Model, Unit

RADII = (0.13, 0.18, 0.25, 0.33, 0.45, 0.6, 0.9, 1.8)
"""Default radii as shares of the receptive field: from a tight hook to nearly straight."""
_LENGTH, _WIDTH = 8 / 15, 1 / 15
_BATCH, _PIXELS = 96, 2**21


@dataclass(frozen=True)
class Strokes:
    """How arcs are drawn; lengths that are None follow the receptive field.

    `length_px` is shared by all radii, save that no arc is more than a semicircle.
    `ink` and `ground` are grey levels or (r, g, b) in [0, 1].
    """

    length_px: float | None = None
    width_px: float | None = None
    filled: bool = False
    ink: float | tuple[float, ...] = 0.0
    ground: float | tuple[float, ...] = 1.0


@dataclass(frozen=True)
class View:
    """The part of an image that some positions of a layer see, and where things lie in it.

    `size_px` is the side of the part; `center_px` (x, y) the middle of the chosen position's
    receptive field; `index` that position's row and column in the layer's map of the
    part, `reach` how many positions to each side of it are read; `field_px` the side of
    a receptive field, no more than the image's.
    """

    size_px: int
    center_px: tuple[float, float]
    index: tuple[int, int]
    reach: int
    field_px: int

    @property
    def read(self) -> tuple[slice, slice]:
        """The rows and columns to read."""
        rows, columns = (slice(max(0, at - self.reach), at + self.reach + 1) for at in self.index)
        return rows, columns


def view(model: Model, layer: str, reach: int | None = None, *, whole: bool = False) -> View:
    """Cut out what the middle positions see, in step with the layer's stride; or take the whole image.

    Their pre-activations are the same as in the whole image: what lies outside their
    receptive fields, padding included, cannot reach them. `reach` defaults to a sixth of
    the receptive field.
    """
    field, (index, _) = model.receptive_field(layer), center(model, layer)
    stride, size = field.stride_px, model.input_size
    side = min(field.size_px, size)
    reach = round(side / stride / 6) if reach is None else reach
    first = 0 if whole else max(0, math.floor(field.first_px(index - reach) / stride) * stride)
    end = min(size, math.ceil((field.first_px(index + reach) + field.size_px) / stride) * stride)
    middle, at = field.center_px(index) + 0.5 - first, index - first // stride
    return View(size if whole else end - first, (middle, middle), (at, at), reach, side)


def placed(model: Model, layer: str, position: tuple[int, int]) -> View:
    """Look at the whole image from one position (y, x) alone."""
    field = model.receptive_field(layer)
    y_px, x_px = (field.center_px(at) + 0.5 for at in position)
    return View(model.input_size, (x_px, y_px), position, 0, min(field.size_px, model.input_size))


def default_radii(model: Model, layer: str) -> tuple[float, ...]:
    """Return the radii in pixels that suit a layer's receptive field."""
    return tuple(round(share * view(model, layer, 0).field_px, 1) for share in RADII)


def draw(
    seen: View, orientation_deg: stimuli.Numbers, radius_px: stimuli.Numbers, strokes: Strokes = Strokes(),
    channels: int = 3,
) -> torch.Tensor:  # fmt: skip
    """Draw arcs where a view looks, (n, channels, size_px, size_px): exactly what is shown to the network."""
    radius = torch.as_tensor(radius_px, dtype=torch.float32)
    return stimuli.arcs(
        orientation_deg, radius, size_px=seen.size_px, center_px=seen.center_px,
        length_px=length_px(seen, radius, strokes), width_px=strokes.width_px or _WIDTH * seen.field_px,
        filled=strokes.filled, ink=strokes.ink, ground=strokes.ground, channels=channels,
    )  # fmt: skip


def portraits(
    seen: View, orientation_deg: stimuli.Numbers, radius_px: float, *, side_px: int, strokes: Strokes = Strokes()
) -> torch.Tensor:
    """Draw the same arcs larger, (n, 3, side_px, side_px), cut to a little more than their length."""
    length = float(length_px(seen, torch.tensor(radius_px), strokes))
    scale = side_px / (1.3 * length)
    return stimuli.arcs(
        orientation_deg, radius_px * scale, size_px=side_px, length_px=length * scale,
        width_px=(strokes.width_px or _WIDTH * seen.field_px) * scale,
        filled=strokes.filled, ink=strokes.ink, ground=strokes.ground,
    )  # fmt: skip


def length_px(seen: View, radius_px: torch.Tensor, strokes: Strokes) -> torch.Tensor:
    """Return the arcs' length: the same for all, at most a semicircle."""
    return (math.pi * radius_px).clamp(max=strokes.length_px or _LENGTH * seen.field_px)


@measurement(each="units")
def arc_responses(
    model: Model,
    units: Sequence[str],
    *,
    orientations: int = 720,
    radii_px: tuple[float, ...] | None = None,
    reach: int | None = None,
    strokes: Strokes = Strokes(),
) -> dict[str, np.ndarray]:
    """Show arcs of every orientation and radius to the middle of each unit's layer.

    pre_activation (units, orientations, radii): before the rectifier, orientation i at
    i * 360 / orientations degrees; times -1 for a unit with a minus. radius_px (units,
    radii): by default `default_radii`. offset (units, 2): the position (row, column),
    counted from the central one, at which the unit was read for all arcs alike; of the
    positions within `reach` (see `view`) it is the one where the tuning curve peaks highest,
    since what a unit looks for need not lie in the middle of all that it can see. With a
    reach of 0 it is the central one. A unit with a position is read there and nowhere
    else, and arcs are drawn where it looks.
    Raises ValueError for fewer than four orientations.
    """
    if orientations < 4:
        raise ValueError(f"orientations {orientations}; expected at least 4")
    wanted = [model.unit(unit) for unit in units]
    radii = {unit.layer: radii_px or default_radii(model, unit.layer) for unit in wanted}
    found: dict[Unit, tuple[np.ndarray, np.ndarray]] = {}
    for (layer, position), alike in _groups(wanted).items():
        seen = _seen(model, layer, position, reach)
        maps = _maps(model, layer, [unit.index for unit in alike], orientations, radii[layer], seen, strokes)
        found |= {unit: _best(model, unit, own, seen) for unit, own in zip(alike, maps, strict=True)}
    return {
        "pre_activation": np.stack([found[unit][0] for unit in wanted]),
        "offset": np.stack([found[unit][1] for unit in wanted]),
        "radius_px": np.array([radii[unit.layer] for unit in wanted]),
    }


def _groups(units: Sequence[Unit]) -> dict[tuple[str, tuple[int, int] | None], list[Unit]]:
    """Gather units that can be shown the same images."""
    groups: dict[tuple[str, tuple[int, int] | None], list[Unit]] = {}
    for unit in dict.fromkeys(units):
        groups.setdefault((unit.layer, unit.position), []).append(unit)
    return groups


def _seen(model: Model, layer: str, position: tuple[int, int] | None, reach: int | None) -> View:
    """Choose the view; the whole image where the network takes no smaller one."""
    if position is not None:
        return placed(model, layer, position)
    part = view(model, layer, reach)
    return part if map_size(model, layer, part.size_px) else view(model, layer, reach, whole=True)


def _maps(
    model: Model, layer: str, channels: list[int], orientations: int, radii_px: tuple[float, ...], seen: View,
    strokes: Strokes,
) -> np.ndarray:  # fmt: skip
    """Return pre-activations (channels, orientations, radii, rows, columns) of the positions read."""
    pairs = torch.cartesian_prod(torch.arange(orientations) * (360 / orientations), torch.tensor(radii_px))
    rows, columns = seen.read
    guess = max(1, min(_BATCH, _PIXELS // seen.size_px**2))

    def shown(some: slice) -> torch.Tensor:
        images = draw(seen, *pairs[some].T, strokes, model.channels)
        return activations(model, images, layer, batch=len(images))[:, channels, rows, columns]

    parts = lab.track(in_batches(len(pairs), guess, shown), f"arcs in {layer}", -(-len(pairs) // guess))
    stack = torch.cat(list(parts)).movedim(1, 0)
    return stack.reshape(len(channels), orientations, len(radii_px), *stack.shape[-2:]).numpy()


def _best(model: Model, unit: Unit, maps: np.ndarray, seen: View) -> tuple[np.ndarray, np.ndarray]:
    """Choose one unit's position: its responses there, and where that is from the central one."""
    maps, cut = -maps if unit.negative else maps, rectified(model, unit.layer)
    peaks = (rectify(maps) if cut else maps).mean(axis=1).max(axis=0)
    middle = [at - part.start for at, part in zip(seen.index, seen.read, strict=True)]
    known = peaks.max() > 0 or not cut
    row, column = np.unravel_index(peaks.argmax(), peaks.shape) if known else middle
    return maps[:, :, row, column], np.array([row - middle[0], column - middle[1]])


def rectify(pre_activation: np.ndarray) -> np.ndarray:
    """Return what a ReLU lets through."""
    return np.maximum(pre_activation, 0)


def tuning_curve(pre_activation: np.ndarray) -> np.ndarray:
    """Average the rectified responses (..., orientations, radii) over the radii."""
    return rectify(pre_activation).mean(axis=-1)


def responses(model: Model, units: Sequence[str], pre_activation: np.ndarray) -> np.ndarray:
    """Rectify the responses (units, orientations, radii) of units whose layer ends in a rectifier, and of no others."""
    cut = np.array([rectified(model, model.unit(unit).layer) for unit in units])
    return np.where(cut[:, None, None], rectify(pre_activation), pre_activation)


def summary(curves: np.ndarray) -> dict[str, np.ndarray]:
    """Describe tuning curves (units, orientations); nan where a unit never responds above zero.

    preferred_deg: where the curve peaks. mean_deg: its response-weighted circular mean.
    width_deg: full width at half the peak. echo: the largest response within 45 degrees
    of the opposite orientation, as a share of the peak. resultant: mean resultant length,
    0 (untuned) to 1. peak: the largest response.
    """
    functions = (preferred_deg, mean_deg, width_deg, echo_ratio, resultant_length)
    described = {f.__name__.removesuffix("_ratio").removesuffix("_length"): f for f in functions}
    values = {name: np.array([f(curve) for curve in curves]) for name, f in described.items()}
    return {**values, "peak": curves.max(axis=1)}


def preferred_deg(curve: np.ndarray) -> float:
    """Return the orientation of the peak, the middle one of a flat top."""
    if curve.max() <= 0:
        return math.nan
    top = int(curve.argmax())
    flat = int(np.argmin(np.roll(curve, -top) >= curve.max()))
    return (top + (flat - 1) / 2 if flat else 0.0) * 360 / len(curve) % 360


def mean_deg(curve: np.ndarray) -> float:
    """Return the response-weighted circular mean."""
    total = _resultant(curve)
    return math.degrees(math.atan2(total.imag, total.real)) % 360 if curve.max() > 0 else math.nan


def resultant_length(curve: np.ndarray) -> float:
    """Return the length of the mean response vector as a share of the summed response."""
    return abs(_resultant(curve)) / float(rectify(curve).sum()) if curve.max() > 0 else math.nan


def _resultant(curve: np.ndarray) -> complex:
    return complex((rectify(curve) * np.exp(2j * np.pi * np.arange(len(curve)) / len(curve))).sum())


def width_deg(curve: np.ndarray) -> float:
    """Return the full width at half the peak, interpolated between samples; 360 where it never falls so low."""
    if curve.max() <= 0:
        return math.nan
    peak = int(curve.argmax())
    clockwise = np.roll(curve, -peak) / curve.max()
    steps = [_fall(clockwise), _fall(np.roll(clockwise[::-1], 1))]
    return 360.0 if math.inf in steps else sum(steps) * 360 / len(curve)


def _fall(relative: np.ndarray) -> float:
    """Return how many samples after the first a curve crosses one half."""
    below = np.flatnonzero(relative < 0.5)
    if not len(below):
        return math.inf
    high, low = relative[below[0] - 1], relative[below[0]]
    return below[0] - 1 + (high - 0.5) / (high - low)


def echo_ratio(curve: np.ndarray, within_deg: float = 45) -> float:
    """Return the largest response near the opposite orientation as a share of the peak."""
    if curve.max() <= 0:
        return math.nan
    away = (np.arange(len(curve)) - curve.argmax()) * 360 / len(curve)
    opposite = np.abs(away % 360 - 180) <= within_deg
    return float(curve[opposite].max() / curve.max())


def largest_gap_deg(angles_deg: np.ndarray) -> float:
    """Return the widest stretch of the circle that holds none of some angles."""
    known = np.sort(np.asarray(angles_deg, dtype=float)[~np.isnan(angles_deg)] % 360)
    return float(np.diff(known, append=known[0] + 360).max()) if len(known) else 360.0
