"""Measure what strokes across a curve do to the units that answer to it.

After Cammarata et al. (2020, "Curve Detectors", section "Combing"), who show this in feature
visualizations; the measurement is ours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch

from figures.measurement import measurement
from figures.methods import families, tuning
from figures.methods.activations import window
from figures.methods.layers import rectified
from figures.methods.models import Model
from figures.methods.sigma import Sigma
from figures.methods.tuning_curves import rectify
from figures.units import Unit

LENGTHS = (0.0, 0.03, 0.06, 0.1, 0.14, 0.19)
SPACINGS = (0.1, 0.14, 0.2, 0.28)
"""Default lengths of the strokes beyond the arc and distances between them, as shares of the receptive field."""


@dataclass(frozen=True)
class CombedResponses:
    """Responses of units to the arc that each answers to most, crossed by strokes.

    pre_activation (units, spacings, lengths), times -1 for a unit with a minus; bare (units,): of the
    arc alone. orientation_deg, radius_px (units,): the arc. length_px (units, lengths), spacing_px (units, spacings).
    """

    pre_activation: np.ndarray
    bare: np.ndarray
    orientation_deg: np.ndarray
    radius_px: np.ndarray
    length_px: np.ndarray
    spacing_px: np.ndarray


@measurement(each="units")
def combed_responses(
    model: Model,
    units: Sequence[str],
    *,
    lengths_px: tuple[float, ...] | None = None,
    spacings_px: tuple[float, ...] | None = None,
    orientations: int = 720,
) -> CombedResponses:
    """Show each unit its arc, as `tuning.arc_responses` finds it, with strokes of every length and spacing."""
    arcs = tuning.arc_responses(model, tuple(units), orientations=orientations)
    rows = [_combed(model, model.unit(unit), _Arc.of(arcs, i), lengths_px, spacings_px) for i, unit in enumerate(units)]
    return CombedResponses(*(np.stack(values) for values in zip(*(vars(row).values() for row in rows), strict=True)))


@dataclass(frozen=True)
class _Arc:
    """The arc that a unit answers to most, its response to it, and the position where it was read."""

    orientation_deg: float
    radius_px: float
    bare: float
    offset: np.ndarray

    @classmethod
    def of(cls, arcs: tuning.ArcResponses, index: int) -> _Arc:
        return cls(*best_arc(arcs.pre_activation[index], arcs.radius_px[index]), arcs.offset[index])


def comb(radius_px: float, spacing_px: float, field_px: float) -> families.Family:
    """Return the family of one arc crossed by strokes at one spacing."""
    return families.find("combs").using(radius_px=radius_px / field_px, spacing_px=spacing_px / field_px)


def best_arc(pre_activation: np.ndarray, radius_px: np.ndarray) -> tuple[float, float, float]:
    """Return the orientation, the radius and the response (orientations, radii) of the arc answered to most."""
    at, radius = np.unravel_index(pre_activation.argmax(), pre_activation.shape)
    return at * 360 / len(pre_activation), float(radius_px[radius]), float(pre_activation[at, radius])


def _combed(
    model: Model, unit: Unit, arc: _Arc, lengths_px: tuple[float, ...] | None, spacings_px: tuple[float, ...] | None
) -> CombedResponses:
    """Show one unit its arc with strokes; the record has no axis of units."""
    seen = tuning.looking(model, unit.layer, unit.position)
    lengths, spacings = (
        np.round(np.array(given or [share * seen.field_px for share in shares]), 1)
        for given, shares in ((lengths_px, LENGTHS), (spacings_px, SPACINGS))
    )
    combs = [comb(arc.radius_px, float(spacing), seen.field_px) for spacing in spacings]
    drawn = [families.draw(one, seen, arc.orientation_deg, lengths.tolist(), channels=model.channels) for one in combs]
    maps = window(model, torch.cat(drawn), unit.layer, *seen.read)[:, unit.index].numpy()  # read as arcs are
    row, column = np.array(seen.index) + arc.offset - [part.start for part in seen.read]
    z = maps[:, row, column]
    response = (-z if unit.negative else z).reshape(len(spacings), len(lengths))
    bare, turn, radius = (np.array(number) for number in (arc.bare, arc.orientation_deg, arc.radius_px))
    return CombedResponses(response, bare, turn, radius, lengths, spacings)


@dataclass(frozen=True)
class Combing:
    """What strokes add to the response of units to their arcs, in standard deviations.

    change (units, spacings, lengths); bare (units,): the response to the arc alone, zero and above where a
    rectifier ends the layer. The other fields are those of `CombedResponses`.
    """

    units: tuple[str, ...]
    change: np.ndarray
    bare: np.ndarray
    orientation_deg: np.ndarray
    radius_px: np.ndarray
    length_px: np.ndarray
    spacing_px: np.ndarray

    def columns(self) -> dict[str, Sequence[object] | np.ndarray]:
        """Return what a table lists: a row for each unit, spacing and length."""
        count = self.change[0].size
        spacings = np.broadcast_to(self.spacing_px[:, :, None], self.change.shape)
        lengths = np.broadcast_to(self.length_px[:, None, :], self.change.shape)
        return {
            "unit": [unit for unit in self.units for _ in range(count)],
            "orientation_deg": np.repeat(self.orientation_deg, count),
            "radius_px": np.repeat(self.radius_px, count),
            "arc_sigma": np.repeat(self.bare, count),
            "stroke_px": lengths.ravel(),
            "distance_px": spacings.ravel(),
            "change_sigma": self.change.ravel(),
        }


def of(model: Model, units: Sequence[str], sigma: Sigma, **options: Any) -> Combing:
    """Measure what strokes do, in standard deviations; `options` are those of `combed_responses`."""
    measured, scale = combed_responses(model, tuple(units), **options), sigma.values
    return Combing(
        tuple(units),
        changes(model, units, measured) / scale[:, None, None],
        measured.bare / scale,
        measured.orientation_deg,
        measured.radius_px,
        measured.length_px,
        measured.spacing_px,
    )


@dataclass(frozen=True)
class Strokes:
    """Combs of one unit as pictures (n, 3, side, side): those of every length, then those of every distance."""

    by_length: np.ndarray
    by_distance: np.ndarray


def pictures(model: Model, seen: Combing, *, side_px: int) -> Strokes:
    """Draw the first unit's arc with strokes of every length at a middle distance, then at every distance."""
    view = tuning.view(model, model.unit(seen.units[0]).layer)
    lengths, spacings = seen.length_px[0], seen.spacing_px[0]
    length, spacing = lengths[len(lengths) // 2], spacings[len(spacings) // 2]

    def drawn(stroke: float, apart: float) -> np.ndarray:
        family = comb(float(seen.radius_px[0]), float(apart), view.field_px)
        turn = float(seen.orientation_deg[0])
        return families.portraits(family, view, turn, float(stroke), side_px=side_px)[0].cpu().numpy()

    by_length = np.stack([drawn(stroke, spacing) for stroke in lengths])
    return Strokes(by_length, np.stack([drawn(length, apart) for apart in spacings]))


def changes(model: Model, units: Sequence[str], measured: CombedResponses) -> np.ndarray:
    """Return what strokes add to the response to the bare arc (units, spacings, lengths), rectified where units are."""
    cut = np.array([rectified(model, model.unit(unit).layer) for unit in units])[:, None, None]
    with_strokes, bare = measured.pre_activation, measured.bare[:, None, None]
    return np.where(cut, rectify(with_strokes) - rectify(bare), with_strokes - bare)
