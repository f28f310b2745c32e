"""How the responses of units were read: what a caption must say of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from figures.methods.layers import rectified
from figures.methods.models import Model
from figures.methods.views import sees_beyond, view


@dataclass(frozen=True)
class Reading:
    """Where units were read, and of what kind their responses are.

    `reach_px` is how far from the middle the positions lie among which each was read; 0 for the middle alone.
    `placed` are the units that have a position of their own, `unrectified` the layers that end in no
    rectifier, `beyond` those whose units answer to more than their receptive fields and were shown whole images;
    `lowered` tells whether a unit is taken in its negative direction.
    """

    units: tuple[str, ...]
    reach_px: int
    placed: tuple[str, ...]
    unrectified: tuple[str, ...]
    rectified: bool
    lowered: bool
    beyond: tuple[str, ...] = ()


def reading(model: Model, units: Sequence[str]) -> Reading:
    """Say how stimuli in the middle of what units see are answered and read."""
    wanted = [model.unit(unit) for unit in units]
    free = [unit.layer for unit in wanted if unit.position is None]
    return Reading(
        units=tuple(units),
        reach_px=view(model, free[0]).reach * model.receptive_field(free[0]).stride_px if free else 0,
        placed=tuple(str(unit) for unit in wanted if unit.position is not None),
        unrectified=tuple(dict.fromkeys(unit.layer for unit in wanted if not rectified(model, unit.layer))),
        rectified=any(rectified(model, unit.layer) for unit in wanted),
        lowered=any(unit.negative for unit in wanted),
        beyond=tuple(layer for layer in dict.fromkeys(unit.layer for unit in wanted) if sees_beyond(model, layer)),
    )
