"""Label crops of `glyphs` from the truth about their images, where no person has.

The question is the one people are asked: is there, in the middle of what the unit sees, a
curve that bulges the way the unit prefers? It is answered from the drawn outline of the
figure, whose points, normals and curvature the data set knows. Texture, background,
contrast, colour and noise play no part, so a unit that fires for a curved texture fires,
by this rubric, for something unrelated. All thresholds were fixed before any network was
measured.

1. The *middle* of a receptive field is the disc around its centre whose radius is a sixth
   of the field's side (its middle third).
2. Each piece of outline in the middle has a *bulge direction*, away from its centre of
   curvature, and a *radius of curvature*. A piece with a radius above 64 px is straight.
3. A piece *matches* if it bulges within 30 degrees of the unit's preferred orientation and
   its radius is in the unit's range. The range runs from the smallest to the largest
   tested radius to which the unit, within 30 degrees of its preferred orientation,
   answers with at least half of its peak, and half-way (in ratio) to the next tested
   radius on either side.
4. A piece *nearly matches* if it bulges within 30 degrees and has another radius, or
   bulges at 30 to 75 degrees with a radius in the range, or is straight and its normal
   lies within 30 degrees of the preferred orientation or of its opposite.
5. A piece *opposes* if it is curved and bulges within 45 degrees of the opposite direction.

Then, by length of outline:

- `curve`: at least 6 px match;
- `opposing`: at least 6 px oppose, and more of it opposes than matches or nearly matches;
- `imperfect`: at least 6 px match or nearly match, or at least 3 px match (a partial curve);
- `unrelated`: anything else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from figures.glyphs import dataset as glyphs
from figures.measurement import measurement
from figures.methods import tuning, tuning_curves
from figures.methods.datasets import Dataset
from figures.methods.labels import NAMES
from figures.methods.models import Model
from figures.methods.receptive_field import ReceptiveField
from figures.units import Unit

CURVE, IMPERFECT, UNRELATED, OPPOSING = range(len(NAMES))
STRAIGHT_PX = 64.0
NEAR_DEG, FAR_DEG, OPPOSITE_DEG = 30.0, 75.0, 45.0
LONG_PX, PARTIAL_PX = 6.0, 3.0
MIDDLE = 1 / 6

_ALL_POINTS = 1024
_PX_PER_POINT = 1 / 1.4  # the outline's points are the pixels within 0.7 px of it


@dataclass(frozen=True)
class Preference:
    """What a unit looks for: the direction in which its curve bulges, and the range of radii."""

    orientation_deg: float
    radius_px: tuple[float, float]


@dataclass(frozen=True)
class Pieces:
    """Points of outlines, (crops, points): place and normal (…, 2), curvature, which are real."""

    points: np.ndarray
    normals: np.ndarray
    curvature: np.ndarray
    real: np.ndarray

    @property
    def radius_px(self) -> np.ndarray:
        """The radius of curvature of each."""
        return 1 / np.maximum(np.abs(self.curvature), 1e-6)

    @property
    def bulge_deg(self) -> np.ndarray:
        """The direction away from the centre of curvature, clockwise from +x with y down."""
        side = np.where(self.curvature < 0, -1.0, 1.0)
        return np.degrees(np.arctan2(side * self.normals[..., 1], side * self.normals[..., 0]))

    def near(self, center_px: np.ndarray, reach_px: float) -> np.ndarray:
        """Say which points lie within `reach_px` of centres (crops, 2) as x, y."""
        return self.real & (np.hypot(*np.moveaxis(self.points - center_px[:, None], -1, 0)) <= reach_px)


def preference(pre_activation: np.ndarray, radius_px: np.ndarray) -> Preference:
    """Read a unit's preference off its responses to arcs, (orientation, radius).

    Raises ValueError where the unit responds to none.
    """
    curve = tuning.tuning_curve(pre_activation)
    if curve.max() <= 0:
        raise ValueError("the unit responds to no arc, so the rubric has no orientation to ask for; give a labels file")
    angle = tuning_curves.preferred_deg(curve)
    turns = np.arange(len(curve)) * 360 / len(curve)
    near = tuning_curves.rectify(pre_activation)[apart_deg(turns, angle) <= NEAR_DEG].mean(axis=0)
    return Preference(angle, _range(near, np.asarray(radius_px, dtype=np.float64)))


def _range(response: np.ndarray, radius_px: np.ndarray) -> tuple[float, float]:
    order = np.argsort(radius_px)
    radius, answered = radius_px[order], np.flatnonzero(response[order] >= response.max() / 2)
    low, high = answered[0], answered[-1]
    below = radius[max(low - 1, 0)] if low else radius[0] ** 2 / radius[1]
    above = radius[high + 1] if high + 1 < len(radius) else radius[-1] ** 2 / radius[-2]
    return float(np.sqrt(radius[low] * below)), float(np.sqrt(radius[high] * above))


def apart_deg(a: np.ndarray, b: float) -> np.ndarray:
    """Return the angle between directions, 0 to 180."""
    return np.abs((np.asarray(a) - b + 180) % 360 - 180)


def label(pieces: Pieces, center_px: np.ndarray, field_px: float, unit: Preference) -> np.ndarray:
    """Return the label number of each crop by the rubric above; (crops,).

    `center_px` (crops, 2) are the centres of the receptive fields as x, y, and `field_px`
    their side.
    """
    inside = pieces.near(center_px, field_px * MIDDLE)
    away = apart_deg(pieces.bulge_deg, unit.orientation_deg)
    radius = pieces.radius_px
    straight = radius > STRAIGHT_PX
    fits = ~straight & (radius >= unit.radius_px[0]) & (radius <= unit.radius_px[1])
    match = fits & (away <= NEAR_DEG)
    aligned = straight & (np.minimum(away, 180 - away) <= NEAR_DEG)
    nearly = ~match & ((~straight & (away <= NEAR_DEG)) | (fits & (away <= FAR_DEG)) | aligned)
    oppose = ~straight & (away >= 180 - OPPOSITE_DEG)
    return _decide(*((inside & which).sum(axis=1) * _PX_PER_POINT for which in (match, nearly, oppose)))


def _decide(match: np.ndarray, nearly: np.ndarray, oppose: np.ndarray) -> np.ndarray:
    """Turn lengths of outline in px into labels; the first that applies wins."""
    rules = [
        match >= LONG_PX,
        (oppose >= LONG_PX) & (oppose > match + nearly),
        (match + nearly >= LONG_PX) | (match >= PARTIAL_PX),
    ]
    return np.select(rules, [CURVE, OPPOSING, IMPERFECT], UNRELATED)


def pieces_of(parameters: glyphs.Parameters) -> Pieces:
    """Return the drawn outlines of images with these parameters."""
    return Pieces(*(part.numpy() for part in glyphs.outline(parameters, _ALL_POINTS)))


@dataclass(frozen=True)
class CropLabels:
    """The number of each crop's label in `NAMES`, (crops,)."""

    label: np.ndarray


@measurement
def label_crops(
    dataset: Dataset, field: ReceptiveField, image: np.ndarray, y: np.ndarray, x: np.ndarray, unit: Preference
) -> CropLabels:
    """Label positions of a layer with receptive field `field` on images of `glyphs`.

    Raises ValueError where the data set does not know how its images were made.
    """
    if not hasattr(dataset, "parameters"):
        raise ValueError(f"data set {dataset.name!r} has no true parameters; give a labels file or use 'glyphs'")
    distinct, place = np.unique(image, return_inverse=True)
    outlines = pieces_of(dataset.parameters(distinct))
    taken = Pieces(*(part[place] for part in (outlines.points, outlines.normals, outlines.curvature, outlines.real)))
    across, down = ([field.center_px(index) for index in places.tolist()] for places in (x, y))
    center_px = np.stack([across, down], axis=1)
    return CropLabels(label(taken, center_px, field.size_px, unit))


def check(model: Model, dataset: Dataset, order: Sequence[str]) -> None:
    """Raise ValueError where the rubric, which knows how glyphs are drawn, has nothing to say."""
    if set(order) != set(NAMES):
        raise ValueError(f"order {', '.join(order)}; the rubric's labels are {', '.join(NAMES)}; give a labels file")
    if not hasattr(dataset, "parameters"):
        raise ValueError(f"{dataset.name} does not say how its images were drawn; expected a labels file, or glyphs")
    if model.input_size != dataset.size_px:
        raise ValueError(
            f"{model.name} takes {model.input_size} px; without a labels file, expected a network that takes "
            f"{dataset.name} as drawn, {dataset.size_px} px"
        )


def given(model: Model, dataset: Dataset, unit: Unit, places: np.ndarray, order: Sequence[str] = NAMES) -> np.ndarray:
    """Label places (n, 3) of image, row and column for a unit; the numbers (n,) are those of `order`.

    What the unit prefers is read off its responses to arcs. Raises ValueError where `check` or `preference` does.
    """
    check(model, dataset, order)
    arcs = tuning.arc_responses(model, (str(unit),))
    wanted = preference(arcs.pre_activation[0], arcs.radius_px[0])
    image, y, x = np.asarray(places).T
    labels = label_crops(dataset, model.receptive_field(unit.layer), image, y, x, wanted)
    return np.array([list(order).index(name) for name in NAMES])[labels.label]
