"""How a family answers natural images that turn, laid over each other so that one of its units lines up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from figures.methods import rotation, tuning, tuning_curves
from figures.methods.datasets import Dataset
from figures.methods.layers import rectified
from figures.methods.models import Model
from figures.methods.pictures import pixels

TURNS = 12
"""At how many angles one image is shown as it turns."""


@dataclass(frozen=True)
class Turning:
    """One image as it turns: pictures (angles, side, side, 3) uint8 and what the chosen unit answers, (angles,).

    image: its number in the data set.
    """

    dataset: str
    image: int
    angles_deg: np.ndarray
    pictures: np.ndarray
    pre_activation: np.ndarray


@dataclass(frozen=True)
class JointTuning:
    """How the units of a family answer images that turn, shifted so that the answers of `chosen`, one of them, line up.

    responses (examples, angles, units): rectified where a rectifier ends the layer, for those of the `shown` images
    that the chosen unit answers at all. summary: of the means over examples. expected_deg (units,): the directions
    that units prefer in drawn arcs; nan where they answer none. images: how many the data set has; broken: the names
    of others, which could not be read.
    """

    network: str
    dataset: str
    units: tuple[str, ...]
    chosen: int
    responses: np.ndarray
    shown: int
    summary: tuning_curves.Summary
    expected_deg: np.ndarray
    turning: Turning
    images: int = 0
    broken: tuple[str, ...] = ()

    @property
    def aligned(self) -> str:
        """The unit whose answers line up."""
        return self.units[self.chosen]

    @property
    def examples(self) -> int:
        """How many images are laid over each other."""
        return len(self.responses)

    @property
    def left_out(self) -> int:
        """How many images do not drive the chosen unit at any angle."""
        return self.shown - self.examples

    @property
    def angles(self) -> int:
        """To how many angles each image was turned."""
        return self.responses.shape[1]

    @property
    def offset_deg(self) -> np.ndarray:
        """How far each unit's peak lies from that of the chosen one, (units,)."""
        return rotation.apart_deg(self.summary.preferred_deg[self.chosen], self.summary.preferred_deg)

    @property
    def arcs_offset_deg(self) -> np.ndarray:
        """The same in drawn arcs, (units,)."""
        return rotation.apart_deg(self.expected_deg[self.chosen], self.expected_deg)

    @property
    def difference_deg(self) -> np.ndarray:
        """How far the two ways differ, (units,)."""
        return rotation.apart_deg(self.arcs_offset_deg, self.offset_deg)

    @property
    def same_order(self) -> bool:
        """Whether the units' peaks go round the circle in the order that arcs give."""
        return rotation.same_order(self.summary.preferred_deg, self.expected_deg)

    @property
    def order(self) -> np.ndarray:
        """The units by the direction that they prefer, in arcs where they answer any, (units,)."""
        known = np.where(np.isnan(self.expected_deg), self.summary.preferred_deg, self.expected_deg)
        return np.argsort(known, kind="stable")

    def columns(self) -> dict[str, Sequence[object] | np.ndarray]:
        """Return what a table says of each unit."""
        return {
            "unit": self.units,
            "peak_deg": self.summary.preferred_deg,
            "offset_deg": self.offset_deg,
            "arcs_deg": self.expected_deg,
            "arcs_offset_deg": self.arcs_offset_deg,
            "difference_deg": self.difference_deg,
            "width_deg": self.summary.width_deg,
            "resultant": self.summary.resultant,
        }


def of(
    model: Model, dataset: Dataset, units: Sequence[str], *, align: str = "", examples: int, step_deg: float, seed: int,
    orientations: int = 720,
) -> JointTuning:  # fmt: skip
    """Turn the images that drive units of one layer most, and line the answers up by those of `align`, or of the first.

    Raises ValueError for an `align` that is none of the units or answers nothing, and as `rotated_responses` does.
    """
    names, chosen = _family(model, units, align)
    measured = rotation.rotated_responses(model, dataset, names, names, examples=examples, step_deg=step_deg, seed=seed)
    answers = measured.pre_activation.reshape(-1, *measured.pre_activation.shape[-2:])
    expected = tuning.of(model, names, orientations=orientations).summary.preferred_deg
    responses, _ = rotation.aligned(answers, chosen, float(np.nan_to_num(expected[chosen])))
    if not len(responses):
        raise ValueError(f"{names[chosen]} answers to none of the turned images above zero; align another unit")
    responses = tuning_curves.rectify(responses) if rectified(model, model.unit(names[0]).layer) else responses
    return JointTuning(
        network=model.name,
        dataset=dataset.name,
        units=names,
        chosen=chosen,
        responses=responses,
        shown=int((~np.isnan(answers[:, 0, 0])).sum()),
        summary=tuning_curves.summary(responses.mean(axis=0).T),
        expected_deg=expected,
        turning=_turning(model, dataset, names[chosen], measured, chosen),
        images=int(measured.images[0]),
        broken=tuple(measured.broken[0].tolist()),
    )


def _family(model: Model, units: Sequence[str], align: str) -> tuple[tuple[str, ...], int]:
    """Return the units' names once each, and the place of the one that is aligned."""
    names = tuple(dict.fromkeys(map(str, rotation.family(model, units)[1])))
    wanted = str(model.unit(align or units[0]))
    if wanted not in names:
        raise ValueError(f"align {align}; expected one of the units, {', '.join(names)}")
    return names, names.index(wanted)


def _turning(model: Model, dataset: Dataset, unit: str, measured: rotation.RotatedResponses, chosen: int) -> Turning:
    """Turn the image that drives the chosen unit most."""
    image, y, x = (int(places[chosen, 0]) for places in (measured.image, measured.y, measured.x))
    answers = measured.pre_activation[chosen, 0, :, chosen]
    angles = np.arange(TURNS) * 360 / TURNS
    disc = rotation.spot(model, model.unit(unit).layer, y, x)
    turned = rotation.turned(dataset.sized(model.input_size, 3).images([image])[0], disc, angles)
    near = np.round(angles / 360 * len(answers)).astype(int) % len(answers)
    return Turning(dataset.name, image, angles, pixels(turned), answers[near])
