"""Measure how units respond to synthetic arcs, and describe their tuning curves.

After Cammarata et al. (2020, "Curve Detectors", sections "Synthetic curves" and "Radial
tuning curve"). We differ in scaling the arcs by the layer's receptive field, so that the
same question can be asked of any layer of any network.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import torch

from figures import lab
from figures.measurement import measurement
from figures.methods import stimuli
from figures.methods.activations import activations
from figures.methods.batches import in_batches
from figures.methods.layers import rectified
from figures.methods.models import Model, Unit
from figures.methods.views import View as View
from figures.methods.views import looking, view
from figures.methods.views import placed as placed

RADII = (0.13, 0.18, 0.25, 0.33, 0.45, 0.6, 0.9, 1.8)
"""Default radii as shares of the receptive field: from a tight hook to nearly straight."""
LENGTH, WIDTH, MARGIN = 8 / 15, 1 / 15, 1.3
"""Of strokes, as shares of the receptive field; and how much larger than its length the picture of one is."""
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
        length_px=length_px(seen, radius, strokes), width_px=strokes.width_px or WIDTH * seen.field_px,
        filled=strokes.filled, ink=strokes.ink, ground=strokes.ground, channels=channels,
    )  # fmt: skip


def portraits(
    seen: View, orientation_deg: stimuli.Numbers, radius_px: float, *, side_px: int, strokes: Strokes = Strokes()
) -> torch.Tensor:
    """Draw the same arcs larger, (n, 3, side_px, side_px), cut to a little more than their length."""
    length = float(length_px(seen, torch.tensor(radius_px), strokes))
    scale = side_px / (MARGIN * length)
    return stimuli.arcs(
        orientation_deg, radius_px * scale, size_px=side_px, length_px=length * scale,
        width_px=(strokes.width_px or WIDTH * seen.field_px) * scale,
        filled=strokes.filled, ink=strokes.ink, ground=strokes.ground,
    )  # fmt: skip


def length_px(seen: View, radius_px: torch.Tensor, strokes: Strokes) -> torch.Tensor:
    """Return the arcs' length: the same for all, at most a semicircle."""
    return (math.pi * radius_px).clamp(max=strokes.length_px or LENGTH * seen.field_px)


def enough(orientations: int) -> None:
    """Raise ValueError for fewer than four orientations."""
    if orientations < 4:
        raise ValueError(f"orientations {orientations}; expected at least 4")


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
    enough(orientations)
    wanted = [model.unit(unit) for unit in units]
    radii = {unit.layer: radii_px or default_radii(model, unit.layer) for unit in wanted}
    found: dict[Unit, tuple[np.ndarray, np.ndarray]] = {}
    for (layer, position), alike in together(wanted).items():
        seen, channels = looking(model, layer, position, reach), [unit.index for unit in alike]
        shown = functools.partial(draw, seen, strokes=strokes, channels=model.channels)
        maps = shown_maps(model, layer, channels, orientations, radii[layer], seen, shown, "arcs")
        found |= {unit: read(model, unit, own, seen) for unit, own in zip(alike, maps, strict=True)}
    return {
        "pre_activation": np.stack([found[unit][0] for unit in wanted]),
        "offset": np.stack([found[unit][1] for unit in wanted]),
        "radius_px": np.array([radii[unit.layer] for unit in wanted]),
    }


def together(units: Sequence[Unit]) -> dict[tuple[str, tuple[int, int] | None], list[Unit]]:
    """Gather units that can be shown the same images."""
    groups: dict[tuple[str, tuple[int, int] | None], list[Unit]] = {}
    for unit in dict.fromkeys(units):
        groups.setdefault((unit.layer, unit.position), []).append(unit)
    return groups


def shown_maps(
    model: Model, layer: str, channels: list[int], orientations: int, values: Sequence[float], seen: View,
    shown: Callable[[torch.Tensor, torch.Tensor], torch.Tensor], words: str,
) -> np.ndarray:  # fmt: skip
    """Return pre-activations (channels, orientations, values, rows, columns) of the positions read.

    `shown` draws the images of n orientations (degrees) and n values, as the network gets them.
    """
    pairs = torch.cartesian_prod(torch.arange(orientations) * (360 / orientations), torch.tensor(values))
    rows, columns = seen.read
    guess = max(1, min(_BATCH, _PIXELS // seen.size_px**2))

    def answers(some: slice) -> torch.Tensor:
        images = shown(*pairs[some].T)
        return activations(model, images, layer, batch=len(images))[:, channels, rows, columns]

    parts = lab.track(in_batches(len(pairs), guess, answers), f"{words} in {layer}", -(-len(pairs) // guess))
    stack = torch.cat(list(parts)).movedim(1, 0)
    return stack.reshape(len(channels), orientations, len(values), *stack.shape[-2:]).numpy()


def read(
    model: Model, unit: Unit, maps: np.ndarray, seen: View, offset: np.ndarray | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """Take one unit's responses (orientations, values) from its maps, and say at what offset from the central position.

    Without an `offset`, where the curve over orientations peaks highest.
    """
    maps = -maps if unit.negative else maps
    middle = np.array([at - part.start for at, part in zip(seen.index, seen.read, strict=True)])
    row, column = _best(maps, middle, rectified(model, unit.layer)) if offset is None else middle + offset
    return maps[:, :, row, column], np.array([row, column]) - middle


def _best(maps: np.ndarray, middle: np.ndarray, cut: bool) -> tuple[int, int]:
    peaks = (rectify(maps) if cut else maps).mean(axis=1).max(axis=0)
    return np.unravel_index(peaks.argmax(), peaks.shape) if peaks.max() > 0 or not cut else tuple(middle)


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
