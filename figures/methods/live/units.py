"""Units that answer in the page: where they are read, what they answer at first, and their measured tuning."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from figures.measurement import measurement
from figures.methods import families
from figures.methods.activations import activations
from figures.methods.datasets import Dataset
from figures.methods.exported.exported import Exported, exported
from figures.methods.layers import rectified
from figures.methods.live.scenes import FAMILIES, Scene, nearest_angle, pictures, scene, view_of
from figures.methods.models import Model, whole_channel

ORIENTATIONS = 72


@dataclass(frozen=True)
class Tuned:
    """How each unit answers a family: `values` (v,) of its second number, `curves` (units, v, orientations)."""

    family: str
    values: np.ndarray
    curves: np.ndarray


@dataclass(frozen=True)
class LiveUnits:
    """Units (n,) of one layer, each read at one (row, column) of its map, and their answers to the first picture."""

    network: str
    layer: str
    units: tuple[str, ...]
    channels: tuple[int, ...]
    places: np.ndarray
    answers: np.ndarray
    rectified: bool
    tuned: tuple[Tuned, ...]
    scene: Scene
    field_px: tuple[float, float, float, float]
    exported: Exported

    @property
    def curve(self) -> np.ndarray:
        """The first unit's responses round the circle at the first second number, as shares of its largest; or none."""
        for one, second in zip(self.tuned, self.scene.seconds, strict=True):
            if one.family == self.scene.first:
                return one.curves[0][np.abs(one.values - second.start).argmin()] / self.most
        return np.zeros(0)

    @property
    def most(self) -> float:
        """The largest response of any of the units to any stimulus."""
        return max(max(float(one.curves.max()) for one in self.tuned), float(self.answers.max()), 1e-6)

    def columns(self) -> dict[str, Sequence[object]]:
        """Return what a table lists of each unit."""
        rows, columns = self.places.T.tolist()
        return {"unit": self.units, "answer": self.answers.tolist(), "row": rows, "column": columns}


@dataclass(frozen=True)
class Pointwise:
    """What channels of a layer answer at a place each, (channels,), before a rectifier."""

    answers: np.ndarray


@measurement
def answered(model: Model, image: np.ndarray, *, layer: str, channels: np.ndarray, places: np.ndarray) -> Pointwise:
    """Show a picture (channel, size, size), and read each of some channels at its (row, column)."""
    maps = activations(model, image[None], layer)[0].numpy()
    return Pointwise(maps[channels, places[:, 0], places[:, 1]])


def of(
    model: Model, dataset: Dataset, units: Sequence[str], images: Sequence[str | Path], *, family: str = "arcs"
) -> LiveUnits:
    """Measure units of one layer; the first picture is the stimulus of a family that the first unit answers most.

    Raises ValueError for units of several layers, and for those with a position or a direction of their own.
    """
    layer, channels, names = of_one_layer(model, units)
    cut = rectified(model, layer)
    seen = view_of(model, layer)
    tuned, offset = _tuned(model, names, cut)
    places = np.array(seen.index) + offset
    own = next(one for one in tuned if one.family == family)
    value, orientation = np.unravel_index(own.curves[0].argmax(), own.curves[0].shape)
    shown = scene(
        model, pictures(model, dataset, images), seen, first=family, second=float(own.values[value]),
        orientation_deg=nearest_angle(orientation * 360 / ORIENTATIONS),
    )  # fmt: skip
    at_first = answered(model, shown.image, layer=layer, channels=np.array(channels), places=places).answers
    return LiveUnits(
        network=model.name,
        layer=layer,
        units=names,
        channels=channels,
        places=places,
        answers=np.maximum(at_first, 0) if cut else at_first,
        rectified=cut,
        tuned=tuned,
        scene=shown,
        field_px=_field(model, layer, places),
        exported=exported(model, (layer,)),
    )


def of_one_layer(model: Model, units: Sequence[str]) -> tuple[str, tuple[int, ...], tuple[str, ...]]:
    """Read units of one layer: the layer, their numbers, and their names; raises ValueError as `of` does."""
    wanted = [whole_channel(model.unit(text), minus=False) for text in units]
    layers = list(dict.fromkeys(unit.layer for unit in wanted))
    if len(layers) != 1 or layers[0] in model.heads:
        raise ValueError(f"units of {' and '.join(layers)}; expected units of one layer that is no head")
    return layers[0], tuple(unit.index for unit in wanted), tuple(map(str, wanted))


def _tuned(model: Model, units: tuple[str, ...], cut: bool) -> tuple[tuple[Tuned, ...], np.ndarray]:
    """Measure every family; return curves, and the places where arcs are answered most, counted from the middle."""
    several = []
    for name in FAMILIES:
        measured = families.family_responses(model, units, family=families.find(name), orientations=ORIENTATIONS)
        curves = measured.pre_activation.transpose(0, 2, 1)
        several.append(Tuned(name, measured.value[0], np.maximum(curves, 0) if cut else curves))
    return tuple(several), measured.offset.astype(int)


def _field(model: Model, layer: str, places: np.ndarray) -> tuple[float, float, float, float]:
    """Return the left, top, width and height of what the first unit sees, in pixels of the picture."""
    field, size = model.receptive_field(layer), model.input_size
    (top, left), side = (field.first_px(int(at)) for at in places[0]), field.size_px
    left, top, right, bottom = max(left, 0), max(top, 0), min(left + side, size), min(top + side, size)
    return left, top, right - left, bottom - top
