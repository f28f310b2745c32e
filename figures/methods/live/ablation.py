"""Units that are switched off in the page, and what that does to the classes of a head for the first picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from figures.methods.ablation.ablation import ablation
from figures.methods.datasets import Dataset
from figures.methods.datasets.held import Held
from figures.methods.exported.exported import Exported, exported
from figures.methods.live import scenes
from figures.methods.live.scenes import Scene
from figures.methods.live.units import of_one_layer
from figures.methods.models import Model


@dataclass(frozen=True)
class LiveAblation:
    """Units of one layer, and the probabilities (classes,) for the first picture with them on, and all of them off."""

    network: str
    layer: str
    units: tuple[str, ...]
    channels: tuple[int, ...]
    head: str
    classes: tuple[str, ...]
    on: np.ndarray
    off: np.ndarray
    count: int
    scene: Scene
    exported: Exported

    @property
    def listed(self) -> list[int]:
        """The numbers of the classes that are likeliest with the units on or off, the likeliest with them on first."""
        most = np.argsort(-np.maximum(self.on, self.off), kind="stable")[: self.count]
        numbers: list[int] = most[np.argsort(-self.on[most], kind="stable")].tolist()
        return numbers

    def columns(self) -> dict[str, Sequence[object]]:
        """Return what a table lists of each listed class."""
        names = [self.classes[number] for number in self.listed]
        return {"class": names, "units on": self.on[self.listed].tolist(), "units off": self.off[self.listed].tolist()}


def of(
    model: Model, dataset: Dataset, units: Sequence[str], images: Sequence[str | Path], *,
    content: Sequence[str | Path] = (), style: Sequence[str | Path] = (), head: str = "", count: int = 5,
) -> LiveAblation:  # fmt: skip
    """Switch units off, held at zero at all places, for the first of some pictures.

    Raises ValueError for units of several layers or of a head, and as `scenes.pictures`, `scenes.of_whole` and
    `ablation` do.
    """
    layer, channels, names = of_one_layer(model, units)
    head = model.head(head)
    shown = scenes.pictures(model, dataset, images, content, style)
    written = exported(model, (layer, head))
    scene = scenes.of_whole(model, shown, written)
    picture = Held("picture", torch.from_numpy(scene.image[None]), (scene.first,))
    effect = ablation(
        model, picture, images=np.array([0]), classes=np.array([-1]), layer=layer, head=head,
        sets=np.array([channels]), edit="zero", doses=(0.0,),
    )  # fmt: skip
    return LiveAblation(
        network=model.name,
        layer=layer,
        units=names,
        channels=channels,
        head=head,
        classes=tuple(model.heads[head]),
        on=effect.chance,
        off=effect.chances[0, 0],
        count=count,
        scene=scene,
        exported=written,
    )
