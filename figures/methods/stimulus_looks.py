"""What stimuli look like: pictures and shapes of them, for figures to draw beside responses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from figures.methods import families, tuning
from figures.methods.combing import best_arc
from figures.methods.models import Model
from figures.methods.stimulus_tuning import StimulusTuning

ALONG = 18
"""Pictures along an axis of orientations, evenly spaced from 0 degrees."""
_COVER_PX, _TURNS, _PICTURE_PX, _ALONG_PX = 240, 24, 72, 56


@dataclass(frozen=True)
class Looks:
    """How a family looks, by second parameter, named as `key` names it.

    `covers` {name: (side, side)} are shares of each pixel that the ink covers at orientation 0; `pictures`
    {name: (orientations, 3, side, side)} stand in for them where a family draws whole images. `pairs` are the colours
    of ink and ground, of which an orientation of a degrees has the one at the fraction of a * `turn`.
    """

    covers: Mapping[str, np.ndarray] = field(default_factory=dict)
    pictures: Mapping[str, np.ndarray] = field(default_factory=dict)
    pairs: tuple[tuple[tuple[float, ...], tuple[float, ...]], ...] = ()
    turn: float = 0.0


def key(value: float) -> str:
    """Name a second parameter as it is told in a chart."""
    return f"{round(float(value), 2):g}"


def looks(model: Model, seen: StimulusTuning) -> Looks:
    """Draw a family at every second parameter that units were shown."""
    family, own = seen.shown.family, zip(seen.units, seen.value, strict=True)
    layers = {key(value): model.unit(unit).layer for unit, values in own for value in values}
    covers: dict[str, np.ndarray] = {}
    pictures: dict[str, np.ndarray] = {}
    for name, layer in layers.items():
        view = tuning.view(model, layer)
        cover = families.ink(family, view, float(name), side_px=_COVER_PX)
        if cover is None:
            turns = np.arange(_TURNS) * (360 / _TURNS)
            pictures[name] = _pictures(family, view, turns, float(name), _PICTURE_PX)
        else:
            covers[name] = cover
    return Looks(covers, pictures, tuple(family.pairs), families.TURN)


def along(model: Model, seen: StimulusTuning) -> np.ndarray:
    """Draw a family at `ALONG` orientations and a middle second parameter, (ALONG, 3, side, side)."""
    view = tuning.view(model, model.unit(seen.units[0]).layer)
    turns = np.arange(ALONG) * (360 / ALONG)
    return _pictures(seen.shown.family, view, turns, _middle(seen.value[0]), _ALONG_PX)


def arcs(model: Model, layer: str, orientations_deg: Sequence[float] | np.ndarray, side_px: int) -> np.ndarray:
    """Draw arcs of a layer's middle radius, (n, 3, side, side)."""
    radius = _middle(np.array(tuning.default_radii(model, layer)))
    portraits = tuning.portraits(tuning.view(model, layer), orientations_deg, radius, side_px=side_px)
    return portraits.cpu().numpy()


def arcs_towards(model: Model, units: Sequence[str], orientations_deg: np.ndarray, side_px: int) -> np.ndarray:
    """Draw for each unit an arc of its layer that bulges towards an orientation (units,); nan counts as 0."""
    layers = [model.unit(unit).layer for unit in units]
    pairs = zip(layers, np.nan_to_num(orientations_deg).tolist(), strict=True)
    return np.concatenate([arcs(model, layer, [angle], side_px) for layer, angle in pairs])


@dataclass(frozen=True)
class Ideal:
    """The arc that a unit answers to most: its direction, its radius, and its ink at 0 degrees, (side, side)."""

    unit: str
    orientation_deg: float
    radius_px: float
    cover: np.ndarray


def ideals(model: Model, units: Sequence[str], orientations: int) -> list[Ideal]:
    """Find and draw the arc that each unit answers to most."""
    answers = tuning.arc_responses(model, tuple(units), orientations=orientations)
    best = [best_arc(*row)[:2] for row in zip(answers.pre_activation, answers.radius_px, strict=True)]
    return [
        Ideal(unit, angle, radius, _arc_cover(model, unit, radius))
        for unit, (angle, radius) in zip(units, best, strict=True)
    ]


def _arc_cover(model: Model, unit: str, radius_px: float) -> np.ndarray:
    view = tuning.view(model, model.unit(unit).layer)
    cover = families.ink(families.find("arcs"), view, radius_px, side_px=_COVER_PX)
    assert cover is not None  # arcs are shapes, not images
    return cover


def _pictures(family: families.Family, view: tuning.View, turns: np.ndarray, value: float, side_px: int) -> np.ndarray:
    return families.portraits(family, view, turns, value, side_px=side_px).cpu().numpy()


def _middle(values: np.ndarray) -> float:
    return float(np.sort(values)[len(values) // 2 - 1])
