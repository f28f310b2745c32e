"""Measure what strokes across a curve do to the units that answer to it.

After Cammarata et al. (2020, "Curve Detectors", section "Combing"), who show this in feature
visualizations; the measurement is ours.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import torch

from figures.measurement import measurement
from figures.methods import families, tuning
from figures.methods.activations import activations
from figures.methods.layers import rectified
from figures.methods.models import Model, Unit

LENGTHS = (0.0, 0.03, 0.06, 0.1, 0.14, 0.19)
SPACINGS = (0.1, 0.14, 0.2, 0.28)
"""Default lengths of the strokes beyond the arc and distances between them, as shares of the receptive field."""


@measurement(each="units")
def combed_responses(
    model: Model,
    units: Sequence[str],
    *,
    lengths_px: tuple[float, ...] | None = None,
    spacings_px: tuple[float, ...] | None = None,
    orientations: int = 720,
) -> dict[str, np.ndarray]:
    """Show each unit the arc that it answers to most, crossed by strokes of every length and spacing.

    pre_activation (units, spacings, lengths), times -1 for a unit with a minus; bare (units,): of the
    arc alone, as in `tuning.arc_responses`, whose position is read. orientation_deg, radius_px (units,):
    the arc. length_px (units, lengths), spacing_px (units, spacings).
    """
    arcs = tuning.arc_responses(model, tuple(units), orientations=orientations)
    rows = [
        _combed(model, model.unit(unit), {name: values[i] for name, values in arcs.items()}, lengths_px, spacings_px)
        for i, unit in enumerate(units)
    ]
    return {name: np.stack([row[name] for row in rows]) for name in rows[0]}


def comb(radius_px: float, spacing_px: float, field_px: float) -> families.Family:
    """Return the family of one arc crossed by strokes at one spacing."""
    return families.find("combs").using(radius_px=radius_px / field_px, spacing_px=spacing_px / field_px)


def best_arc(pre_activation: np.ndarray, radius_px: np.ndarray) -> tuple[float, float, float]:
    """Return the orientation, the radius and the response (orientations, radii) of the arc answered to most."""
    at, radius = np.unravel_index(pre_activation.argmax(), pre_activation.shape)
    return at * 360 / len(pre_activation), float(radius_px[radius]), float(pre_activation[at, radius])


def _combed(
    model: Model, unit: Unit, arcs: Mapping[str, np.ndarray], lengths_px: tuple[float, ...] | None,
    spacings_px: tuple[float, ...] | None,
) -> dict[str, np.ndarray]:  # fmt: skip
    seen = tuning.looking(model, unit.layer, unit.position)
    angle, radius, bare = best_arc(arcs["pre_activation"], arcs["radius_px"])
    lengths, spacings = (
        np.round(np.array(given or [share * seen.field_px for share in shares]), 1)
        for given, shares in ((lengths_px, LENGTHS), (spacings_px, SPACINGS))
    )
    combs = [comb(radius, float(spacing), seen.field_px) for spacing in spacings]
    drawn = [families.draw(one, seen, angle, lengths.tolist(), channels=model.channels) for one in combs]
    row, column = np.array(seen.index) + arcs["offset"]
    z = activations(model, torch.cat(drawn), unit.layer)[:, unit.index, row, column].numpy()
    response = (-z if unit.negative else z).reshape(len(spacings), len(lengths))
    return {
        "pre_activation": response, "bare": np.array(bare), "orientation_deg": np.array(angle),
        "radius_px": np.array(radius), "length_px": lengths, "spacing_px": spacings,
    }  # fmt: skip


def changes(model: Model, units: Sequence[str], measured: Mapping[str, np.ndarray]) -> np.ndarray:
    """Return what strokes add to the response to the bare arc (units, spacings, lengths), rectified where units are."""
    cut = np.array([rectified(model, model.unit(unit).layer) for unit in units])[:, None, None]
    with_strokes, bare = measured["pre_activation"], measured["bare"][:, None, None]
    return np.where(cut, tuning.rectify(with_strokes) - tuning.rectify(bare), with_strokes - bare)
