"""What of pictures moves units where they answer most: gradients from that one position."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from figures import lab
from figures.measurement import measurement
from figures.methods import asked_images
from figures.methods.activations import key, prepared
from figures.methods.datasets import Dataset
from figures.methods.models import Model
from figures.methods.patches import slopes
from figures.methods.patches.windows import Window, window
from figures.methods.saliency.target import strongest


@dataclass(frozen=True)
class Gradients:
    """Gradients (n, channel, side, side) by some methods (n), and the values (n,) that they are of."""

    gradients: np.ndarray
    value: np.ndarray


@measurement(each="methods")
def gradients(
    model: Model, methods: Sequence[str], *, unit: str, place: tuple[int, int], image: np.ndarray
) -> Gradients:  # fmt: skip
    """Send a gradient back from a unit at one place to a picture (channel, side, side), by each of some methods."""
    shown, wanted = prepared(image[None], lab.device(), model.channels), model.unit(unit)
    several = [slopes.slopes(model, wanted, method, shown, [place]) for method in methods]
    return Gradients(
        np.stack([one.gradients[0].float().cpu().numpy() for one in several]),
        np.stack([one.values[0].double().cpu().numpy() for one in several]),
    )


@dataclass(frozen=True)
class UnitGradient:
    """One unit in one picture (channel, side, side) in [0, 1]: its place, its window, its gradients by some methods.

    `label` is the class that a unit of a head stands for. `rectified` tells whether a rectifier ends the unit's
    layer; the value is what enters it, turned where the unit has a minus.
    """

    unit: str
    label: str
    word: str
    picture: np.ndarray
    place: tuple[int, int]
    is_class: bool
    rectified: bool
    window: Window
    seen: Gradients

    @property
    def value(self) -> float:
        return float(self.seen.value[0])

    @property
    def is_inactive(self) -> bool:
        """Whether nothing leaves the unit's rectifier."""
        return self.rectified and not self.unit.endswith("-") and self.value <= 0

    @property
    def sees_all(self) -> bool:
        """Whether the window is the whole picture."""
        return min(self.window.height_px, self.window.width_px) == self.picture.shape[-1]

    def within(self, index: int) -> float:
        """Return what share of a gradient's absolute values lies in the window."""
        return slopes.share(self.seen.gradients[index], self.window.cut(self.seen.gradients[index]))

    def scale(self, index: int) -> float:
        """Return the gradient that is drawn black or white."""
        return slopes.scale(self.seen.gradients[index])

    def greyed(self, index: int) -> np.ndarray:
        """Draw a gradient around grey, (side, side, channel) uint8."""
        return slopes.greyed(self.seen.gradients[index])


@dataclass(frozen=True)
class UnitGradients:
    """Units of a network in pictures; `sees` says of each layer how much of a picture it sees."""

    network: str
    methods: tuple[str, ...]
    several: tuple[UnitGradient, ...]
    sees: dict[str, str]

    @property
    def channels(self) -> tuple[str, ...]:
        """The units, each once and wherever they answer."""
        return tuple(dict.fromkeys(one.unit.partition("@")[0] for one in self.several))

    def columns(self) -> dict[str, Sequence[object]]:
        """Return what a table lists: a row for each unit in each picture by each method."""
        rows = list(self._rows())
        return {name: [row[name] for row in rows] for name in rows[0]}

    def _rows(self) -> Iterator[dict[str, object]]:
        for one in self.several:
            for i, method in enumerate(self.methods):
                yield {
                    "unit": one.unit,
                    "image": one.word,
                    "method": method,
                    "y": one.place[0],
                    "x": one.place[1],
                    "activation": one.value,
                    "inactive": "yes" if one.is_inactive else "no",
                    "first row": one.window.rows[0],
                    "first column": one.window.columns[0],
                    "height": one.window.height_px,
                    "width": one.window.width_px,
                    "share in window": one.within(i),
                    "scale": one.scale(i),
                }


def of(
    model: Model, dataset: Dataset, images: Sequence[str | Path], units: Sequence[str], methods: Sequence[str]
) -> UnitGradients:
    """Find where each unit answers most to each picture, and what moves it there.

    Raises ValueError for units, pictures and methods that there are not.
    """
    asked = tuple(dict.fromkeys(map(slopes.check, methods)))
    wanted = [str(model.unit(text)) for text in units]
    shown = asked_images.shown(model, dataset, images)
    pairs = [(unit, image) for unit in wanted for image in range(len(shown.words))]
    return UnitGradients(
        network=model.name,
        methods=asked,
        several=tuple(_one(model, shown.images[image], shown.words[image], unit, asked) for unit, image in pairs),
        sees={layer: model.card.sees(layer) for layer in dict.fromkeys(model.unit(unit).layer for unit in wanted)},
    )


def _one(model: Model, picture: np.ndarray, word: str, text: str, methods: tuple[str, ...]) -> UnitGradient:
    unit, place = model.unit(text), strongest(model, text, image=picture).pair
    return UnitGradient(
        unit=text,
        label=model.label(unit),
        word=word,
        picture=picture,
        place=place,
        is_class=unit.layer in model.heads,
        rectified=key(model, unit.layer, True)[1],
        window=window(model, unit.layer, place),
        seen=gradients(model, methods, unit=text, place=place, image=picture),
    )
