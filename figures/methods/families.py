"""Families of synthetic stimuli by name, and how units respond to them.

A family is a function that covers a frame with ink. It is written once, for a stimulus
whose orientation is 0, and drawn at every orientation, size and colour. An author adds
one in a script of the site's gallery:

    import torch

    from figures.methods.families import family
    from figures.methods.stimuli import band

    @family("crosses", second="arm", unit="px", values=(0.1, 0.2, 0.4))
    def crosses(outward, along, arm_px, pen):
        half, stroke = arm_px / 2, pen.width_px / 2
        upright = band(outward, -half, half) * band(along, -stroke, stroke)
        return torch.maximum(upright, band(along, -half, half) * band(outward, -stroke, stroke))

After Cammarata et al. (2020, "Curve Detectors", section "Synthetic curves").
"""

from __future__ import annotations

import functools
import hashlib
import inspect
import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import numpy as np
import torch

from figures import lab
from figures.measurement import measurement
from figures.methods import stimuli, tuning
from figures.methods.models import Model
from figures.nearest import nearest
from figures.units import Unit

BLACK_ON_WHITE = (((0.0, 0.0, 0.0), (1.0, 1.0, 1.0)),)
HUES = (
    ((0.75, 0.10, 0.10), (0.55, 0.85, 0.90)), ((0.10, 0.20, 0.65), (0.95, 0.85, 0.45)),
    ((0.05, 0.45, 0.20), (0.95, 0.70, 0.80)), ((0.98, 0.85, 0.30), (0.35, 0.10, 0.45)),
    ((0.60, 0.90, 0.75), (0.50, 0.10, 0.15)), ((0.70, 0.80, 1.00), (0.30, 0.20, 0.05)),
)  # fmt: skip
"""Figure and ground of `coloured`, red green blue: three dark on light, three light on dark."""
TURN = 2 * 0.6180339887498949


@dataclass(frozen=True)
class Pen:
    """How strokes are drawn in a field of `field_px`: as arcs of `tuning` are."""

    length_px: float
    width_px: float
    field_px: float


@dataclass(frozen=True)
class Family:
    """Stimuli of one kind, by orientation and a second parameter.

    `covers(outward, along, value, pen, **options)` gets each pixel's place in the stimulus's
    own frame (n, height, width) and the second parameter (n, 1, 1); it returns how much ink is
    there, in [0, 1], or whole images (n, 3, height, width). `values` of a second parameter
    in `px`, and options whose name ends in `_px`, are shares of the receptive field and come to
    the function in pixels. `pairs` are the colours of ink and ground.
    """

    name: str
    covers: Callable[..., torch.Tensor]
    second: str
    unit: str
    values: tuple[float, ...]
    pairs: tuple[tuple[tuple[float, ...], tuple[float, ...]], ...] = BLACK_ON_WHITE
    options: Mapping[str, float] = field(default_factory=dict)

    def using(self, **options: float) -> Family:
        """Return the same family with other options."""
        return replace(self, options={**self.options, **options})

    @property
    def digest(self) -> str:
        """What decides the pictures: the function with all that it reaches, colours and options."""
        closure = lab.current().closure
        source = closure(self.covers) if closure else inspect.getsource(self.covers)
        told = [source, self.unit, self.pairs, sorted(self.options.items())]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()

    def default_values(self, seen: tuning.View) -> tuple[float, ...]:
        """Return the second parameters that suit what a layer sees."""
        return tuple(round(value * seen.field_px, 1) if self.unit == "px" else value for value in self.values)

    def pair(self, orientation_deg: torch.Tensor) -> torch.Tensor:
        """Return which colour pair each orientation has: neighbours differ, and each comes as often."""
        turn = orientation_deg.double() * TURN
        return ((turn - turn.floor()) * len(self.pairs)).long().clamp(max=len(self.pairs) - 1)


FAMILIES: dict[str, Family] = {}


def family(
    name: str, *, second: str, unit: str = "px", values: Sequence[float],
    pairs: Sequence[tuple[tuple[float, ...], tuple[float, ...]]] = BLACK_ON_WHITE, **options: float,
) -> Callable[[Callable[..., torch.Tensor]], Callable[..., torch.Tensor]]:  # fmt: skip
    """Register a function as the stimulus family of that name; see `Family`.

    `second` names the second parameter, `unit` is `px`, `°` or empty, `values` are those shown by default.
    """

    def register(covers: Callable[..., torch.Tensor]) -> Callable[..., torch.Tensor]:
        FAMILIES[name] = Family(name, covers, second, unit, tuple(map(float, values)), tuple(pairs), options)
        return covers

    return register


def draw(
    kind: Family, seen: tuning.View, orientation_deg: stimuli.Numbers, value: stimuli.Numbers, *, channels: int = 3
) -> torch.Tensor:
    """Draw stimuli where a view looks, (n, channels, size_px, size_px): exactly what is shown to the network."""
    pen = Pen(tuning.LENGTH * seen.field_px, tuning.WIDTH * seen.field_px, seen.field_px)
    return _drawn(kind, pen, orientation_deg, value, channels, size_px=seen.size_px, center_px=seen.center_px)


def portraits(
    kind: Family, seen: tuning.View, orientation_deg: stimuli.Numbers, value: stimuli.Numbers, *, side_px: int
) -> torch.Tensor:
    """Draw the same stimuli larger, (n, 3, side_px, side_px), cut to a little more than a stroke's length."""
    length = tuning.LENGTH * seen.field_px
    scale = side_px / (tuning.MARGIN * length)
    pen = Pen(length * scale, tuning.WIDTH * seen.field_px * scale, seen.field_px * scale)
    larger = torch.as_tensor(value) * (scale if kind.unit == "px" else 1)
    return _drawn(kind, pen, orientation_deg, larger, 3, size_px=side_px)


def ink(kind: Family, seen: tuning.View, value: float, *, side_px: int) -> np.ndarray | None:
    """Cover a portrait at orientation 0, (side_px, side_px); None for a family of whole images."""
    bare = replace(kind, pairs=BLACK_ON_WHITE)
    cover = portraits(bare, seen, 0.0, value, side_px=side_px)[0]
    return None if _is_image(kind) else (1 - cover[0]).cpu().numpy()


def _is_image(kind: Family) -> bool:
    outward, along = stimuli.frame(0.0, size_px=4)
    return _covered(kind, outward, along, torch.ones_like(outward[:, :1, :1]), Pen(8.0, 2.0, 16.0)).ndim == 4


def _drawn(
    kind: Family, pen: Pen, orientation_deg: stimuli.Numbers, value: stimuli.Numbers, channels: int, **place: Any
) -> torch.Tensor:
    where = lab.device()
    flat = [torch.as_tensor(one, dtype=torch.float32, device=where).reshape(-1) for one in (orientation_deg, value)]
    angle, second = torch.broadcast_tensors(*flat)
    outward, along = stimuli.frame(angle, **place)
    cover = _covered(kind, outward, along, second[:, None, None], pen)
    if cover.ndim == 4:
        return cover if channels == cover.shape[1] else cover.mean(dim=1, keepdim=True).expand(-1, channels, -1, -1)
    pairs, which = torch.tensor(kind.pairs, device=where), kind.pair(angle)
    return stimuli.paint(cover, ink=pairs[which, 0], ground=pairs[which, 1], channels=channels)


def _covered(kind: Family, outward: torch.Tensor, along: torch.Tensor, value: torch.Tensor, pen: Pen) -> torch.Tensor:
    options = {name: one * (pen.field_px if name.endswith("_px") else 1) for name, one in kind.options.items()}
    return kind.covers(outward, along, value, pen, **options)


@family("arcs", second="radius", values=tuning.RADII)
def arcs(outward: torch.Tensor, along: torch.Tensor, radius_px: torch.Tensor, pen: Pen) -> torch.Tensor:
    """Arcs of one length, at most semicircles, as in `tuning.arc_responses`."""
    return stimuli.arc(outward, along, 1 / radius_px, _length(radius_px, pen), pen.width_px)


@family("filled", second="radius", values=tuning.RADII)
def filled(outward: torch.Tensor, along: torch.Tensor, radius_px: torch.Tensor, pen: Pen) -> torch.Tensor:
    """Shapes whose outline follows the arc."""
    return stimuli.cap(outward, along, 1 / radius_px, _length(radius_px, pen))


@family("coloured", second="radius", values=tuning.RADII, pairs=HUES)
def coloured(outward: torch.Tensor, along: torch.Tensor, radius_px: torch.Tensor, pen: Pen) -> torch.Tensor:
    """The same shapes in colours: neighbouring orientations have other hues of figure and ground."""
    return filled(outward, along, radius_px, pen)


@family("lines", second="length", values=(0.08, 0.14, 0.2, 0.28, 0.37, 0.47, 0.57, 0.68))
def lines(outward: torch.Tensor, along: torch.Tensor, length_px: torch.Tensor, pen: Pen) -> torch.Tensor:
    """Straight strokes whose normal has the orientation."""
    return stimuli.arc(outward, along, torch.zeros_like(length_px), length_px, pen.width_px)


@family("rounded", second="opening", unit="°", values=(30, 50, 70, 90, 110, 130, 150, 170), roundness=0.5)
def rounded(
    outward: torch.Tensor, along: torch.Tensor, opening_deg: torch.Tensor, pen: Pen, roundness: float
) -> torch.Tensor:
    """Two arms whose corner is an arc: `roundness` is its share of the stroke, 0 an angle, 1 all arc."""
    half = torch.deg2rad(180 - opening_deg).clamp_min(1e-4) / 2
    bow = max(roundness * pen.length_px / 2, 1e-4)
    across = along.abs()
    bent = stimuli.bend(outward, across, half / bow)[0]
    x = outward + bow * 2 * torch.sin(half / 2).square() / half
    y = across - bow * torch.sin(half) / half
    run, aside = y * torch.cos(half) - x * torch.sin(half), x * torch.cos(half) + y * torch.sin(half)
    away = torch.where(run < 0, bent, aside)
    stroke = stimuli.band(away, -pen.width_px / 2, pen.width_px / 2)
    return stroke * stimuli.band(run, -math.inf, pen.length_px / 2 - min(bow, pen.length_px / 2))


@family("angles", second="opening", unit="°", values=(30, 50, 70, 90, 110, 130, 150, 170))
def angles(outward: torch.Tensor, along: torch.Tensor, opening_deg: torch.Tensor, pen: Pen) -> torch.Tensor:
    """Two straight arms that meet in a corner, which points towards the orientation."""
    return rounded(outward, along, opening_deg, pen, 0.0)


@family("combs", second="tick", values=(0.0, 0.03, 0.06, 0.1, 0.14, 0.19), radius_px=0.33, spacing_px=0.15)
def combs(
    outward: torch.Tensor, along: torch.Tensor, tick_px: torch.Tensor, pen: Pen, radius_px: float, spacing_px: float
) -> torch.Tensor:
    """An arc crossed by strokes: they stand out by `tick_px` on both sides, `spacing_px` apart along it."""
    radius = torch.full_like(tick_px, radius_px)
    length = _length(radius, pen)
    bent, run, stretch = stimuli.bend(outward, along, 1 / radius)
    last = (length / 2 / spacing_px).floor()
    nearest_tick = torch.minimum((run / spacing_px).round().clamp(min=-last), last) * spacing_px
    half, out = min(pen.width_px, spacing_px / 2) / 2, pen.width_px / 2 + tick_px
    within = torch.minimum(out, (0.8 * radius).clamp(min=pen.width_px / 2))
    ticks = stimuli.band(bent, -within, out) * stimuli.band((run - nearest_tick) * stretch, -half, half)
    arc = stimuli.arc(outward, along, 1 / radius, length, pen.width_px)
    return torch.where(tick_px > 0, torch.maximum(arc, ticks), arc)


def _length(radius_px: torch.Tensor, pen: Pen) -> torch.Tensor:
    return (math.pi * radius_px).clamp(max=pen.length_px)


OURS = (arcs, filled, coloured, lines, rounded, angles, combs)
"""The functions of the families that come with the library; whoever finds a family depends on them."""


def find(name: str) -> Family:
    """Return a family by name. Raises ValueError with the nearest name."""
    if name not in FAMILIES:
        known = dict.fromkeys([*(one.__name__ for one in OURS), *FAMILIES])
        raise ValueError(f"no stimulus family {name!r}{nearest(name, known)} (there are {', '.join(known)})")
    return FAMILIES[name]


@dataclass(frozen=True)
class FamilyResponses:
    """Responses of units to a family of stimuli.

    pre_activation (units, orientations, values): before the rectifier, orientation i at
    i * 360 / orientations degrees; times -1 for a unit with a minus. value (units, values): the
    second parameters, in the family's unit. offset (units, 2): the position (row, column) read, as in
    `tuning.ArcResponses`.
    """

    pre_activation: np.ndarray
    value: np.ndarray
    offset: np.ndarray


@measurement(each="units", whole=tuning.whole_layers)
def family_responses(
    model: Model,
    units: Sequence[str],
    *,
    family: Family,
    orientations: int = 720,
    values: tuple[float, ...] | None = None,
    reach: int | None = None,
    read: Literal["arcs", "own"] = "arcs",
) -> FamilyResponses:
    """Show a family at every orientation and second parameter to the middle of each unit's layer.

    Each unit is read where it answers most to *arcs*, so that families can be compared, or with
    `read="own"` where it answers most to this family. Raises ValueError for fewer than four orientations.
    """
    tuning.enough(orientations)
    wanted = [model.unit(unit) for unit in units]
    offsets = _arc_offsets(model, units, orientations, reach) if read == "arcs" else dict.fromkeys(wanted)
    answers: dict[Unit, tuple[np.ndarray, np.ndarray, tuple[float, ...]]] = {}
    for (layer, position), alike in tuning.together(wanted).items():
        seen, channels = tuning.looking(model, layer, position, reach), [unit.index for unit in alike]
        shown = functools.partial(draw, family, seen, channels=model.channels)
        second = tuple(map(float, values or family.default_values(tuning.looking(model, layer, position, 0))))
        maps = tuning.shown_maps(model, layer, channels, orientations, second, seen, shown, family.name)
        for unit, own in zip(alike, maps, strict=True):
            answers[unit] = (*tuning.read(model, unit, own, seen, offsets[unit]), second)
    return FamilyResponses(
        pre_activation=np.stack([answers[unit][0] for unit in wanted]),
        value=np.array([answers[unit][2] for unit in wanted]),
        offset=np.stack([answers[unit][1] for unit in wanted]),
    )


def _arc_offsets(model: Model, units: Sequence[str], orientations: int, reach: int | None) -> dict[Unit, np.ndarray]:
    measured = tuning.arc_responses(model, tuple(units), orientations=orientations, reach=reach)
    return {model.unit(unit): offset for unit, offset in zip(units, measured.offset, strict=True)}
