"""Measure how units respond to synthetic arcs, and describe their tuning curves.

After Cammarata et al. (2020, "Curve Detectors", sections "Synthetic curves" and "Radial
tuning curve"). We differ in scaling the arcs by the layer's receptive field, so that the
same question can be asked of any layer of any network.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch

from figures import lab
from figures.measurement import measurement
from figures.methods import stimuli, tuning_curves
from figures.methods.activations import window
from figures.methods.batches import in_batches
from figures.methods.layers import rectified
from figures.methods.models import Model
from figures.methods.reading import Reading, reading
from figures.methods.tuning_curves import rectify
from figures.methods.views import View, looking, view
from figures.units import Unit

RADII = (0.13, 0.18, 0.25, 0.33, 0.45, 0.6, 0.9, 1.8)
"""Default radii as shares of the receptive field: from a tight hook to nearly straight."""
LENGTH, WIDTH, MARGIN = 8 / 15, 1 / 15, 1.3
"""Of strokes, as shares of the receptive field; and how much larger than its length the picture of one is."""
_BATCH, _PIXELS = 96, 2**21
_WHOLE_BYTES = 2**30
"""The maps of whole layers are kept for as many bytes, and only those of the units asked for beyond."""


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


def whole_layers(arguments: Mapping[str, Any], missing: Sequence[str]) -> list[str]:
    """List all units of the layers of some: those of a layer are read off the same maps, at no cost.

    Not where these would need much memory, and not for the sake of units with a position or a minus alone.
    """
    model: Model = arguments["model"]
    wanted = [model.unit(text) for text in missing]
    layers = dict.fromkeys(unit.layer for unit in wanted if unit.position is None and not unit.negative)
    return [
        f"{layer}:{index}" for layer in layers if _fits(model, layer, arguments) for index in range(model.size(layer))
    ]


def _fits(model: Model, layer: str, arguments: Mapping[str, Any]) -> bool:
    """Tell whether the maps of a whole layer fit into memory."""
    rows, columns = looking(model, layer, None, arguments["reach"]).read
    family, given = arguments.get("family"), arguments.get("radii_px") or arguments.get("values")
    values = len(given) if given else len(RADII if family is None else family.values)
    positions = (rows.stop - rows.start) * (columns.stop - columns.start)
    return 4 * model.size(layer) * arguments["orientations"] * values * positions <= _WHOLE_BYTES


def enough(orientations: int) -> None:
    """Raise ValueError for fewer than four orientations."""
    if orientations < 4:
        raise ValueError(f"orientations {orientations}; expected at least 4")


@dataclass(frozen=True)
class ArcResponses:
    """Responses of units to arcs.

    pre_activation (units, orientations, radii): before the rectifier, orientation i at
    i * 360 / orientations degrees; times -1 for a unit with a minus. radius_px (units, radii).
    offset (units, 2): the position (row, column), counted from the central one, at which the unit
    was read for all arcs alike.
    """

    pre_activation: np.ndarray
    offset: np.ndarray
    radius_px: np.ndarray


@measurement(each="units", whole=whole_layers)
def arc_responses(
    model: Model,
    units: Sequence[str],
    *,
    orientations: int = 720,
    radii_px: tuple[float, ...] | None = None,
    reach: int | None = None,
    strokes: Strokes = Strokes(),
) -> ArcResponses:
    """Show arcs of every orientation and radius, by default `default_radii`, to the middle of each unit's layer.

    Of the positions within `reach` (see `view`) each unit is read at the one where its tuning curve peaks
    highest, since what a unit looks for need not lie in the middle of all that it can see. With a
    reach of 0 it is the central one. A unit with a position is read there and nowhere
    else, and arcs are drawn where it looks. Raises ValueError for fewer than four orientations.
    """
    enough(orientations)
    wanted = [model.unit(unit) for unit in units]
    radii = {unit.layer: radii_px or default_radii(model, unit.layer) for unit in wanted}
    answers: dict[Unit, tuple[np.ndarray, np.ndarray]] = {}
    for (layer, position), alike in together(wanted).items():
        seen, channels = looking(model, layer, position, reach), [unit.index for unit in alike]
        shown = functools.partial(draw, seen, strokes=strokes, channels=model.channels)
        maps = shown_maps(model, layer, channels, orientations, radii[layer], seen, shown, "arcs")
        answers |= {unit: read(model, unit, own, seen) for unit, own in zip(alike, maps, strict=True)}
    return ArcResponses(
        pre_activation=np.stack([answers[unit][0] for unit in wanted]),
        offset=np.stack([answers[unit][1] for unit in wanted]),
        radius_px=np.array([radii[unit.layer] for unit in wanted]),
    )


@dataclass(frozen=True)
class ArcTuning:
    """How units answer arcs by the direction in which these bulge.

    curves (units, orientations): responses averaged over radius_px (units, radii), rectified where a rectifier
    ends the layer. offset (units, 2): the position read, counted from the central one.
    """

    units: tuple[str, ...]
    curves: np.ndarray
    summary: tuning_curves.Summary
    radius_px: np.ndarray
    offset: np.ndarray
    reading: Reading

    @property
    def rectified(self) -> np.ndarray:
        """The curves, zero where they are below."""
        return rectify(self.curves)

    @property
    def angles_deg(self) -> np.ndarray:
        """The orientations shown, (orientations,)."""
        return np.arange(self.curves.shape[1]) * 360 / self.curves.shape[1]

    def columns(self) -> dict[str, Sequence[object] | np.ndarray]:
        """Return what a table lists of each unit."""
        numbers = vars(self.summary)
        return {"unit": self.units, **numbers, "offset_y": self.offset[:, 0], "offset_x": self.offset[:, 1]}


def of(
    model: Model, units: Sequence[str], *, orientations: int = 720, radii_px: tuple[float, ...] | None = None
) -> ArcTuning:
    """Measure the tuning of units to black arcs on white."""
    measured = arc_responses(model, tuple(units), orientations=orientations, radii_px=radii_px)
    curves = responses(model, units, measured.pre_activation).mean(axis=2)
    return ArcTuning(
        tuple(units), curves, tuning_curves.summary(curves), measured.radius_px, measured.offset, reading(model, units)
    )


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
        return window(model, images, layer, rows, columns, batch=len(images))[:, channels]

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


def tuning_curve(pre_activation: np.ndarray) -> np.ndarray:
    """Average the rectified responses (..., orientations, radii) over the radii."""
    return rectify(pre_activation).mean(axis=-1)


def responses(model: Model, units: Sequence[str], pre_activation: np.ndarray) -> np.ndarray:
    """Rectify the responses (units, orientations, radii) of units whose layer ends in a rectifier, and of no others."""
    cut = np.array([rectified(model, model.unit(unit).layer) for unit in units])
    return np.where(cut[:, None, None], rectify(pre_activation), pre_activation)
