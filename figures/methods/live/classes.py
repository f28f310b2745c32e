"""A head that answers in the page: its classes, and how likely each is for the first picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from figures.methods import top_answers
from figures.methods.datasets import Dataset
from figures.methods.exported.exported import Exported, exported
from figures.methods.live import scenes
from figures.methods.live.scenes import Scene
from figures.methods.models import Model


@dataclass(frozen=True)
class LiveClasses:
    """The classes of a head with their probabilities (classes,) for the first picture; `count` of them are listed."""

    network: str
    head: str
    classes: tuple[str, ...]
    probability: np.ndarray
    count: int
    scene: Scene
    exported: Exported

    @property
    def listed(self) -> list[int]:
        """The numbers of the likeliest classes, the likeliest first."""
        numbers: list[int] = np.argsort(-self.probability, kind="stable")[: self.count].tolist()
        return numbers

    def columns(self) -> dict[str, Sequence[object]]:
        """Return what a table lists of each listed class."""
        names = [self.classes[number] for number in self.listed]
        return {"class": names, "probability": self.probability[self.listed].tolist()}


def of(
    model: Model, dataset: Dataset, images: Sequence[str | Path], *, content: Sequence[str | Path] = (),
    style: Sequence[str | Path] = (), head: str = "", count: int = 5,
) -> LiveClasses:  # fmt: skip
    """Ask a head about the first of some pictures; raises ValueError as `scenes.pictures` and `scenes.of_whole` do."""
    head = model.head(head)
    shown = scenes.pictures(model, dataset, images, content, style)
    written = exported(model, (head,))
    scene = scenes.of_whole(model, shown, written)
    logits = torch.from_numpy(top_answers.answers(model, scene.image[None], head=head).logits).double()
    return LiveClasses(
        network=model.name,
        head=head,
        classes=tuple(model.heads[head]),
        probability=logits.softmax(dim=1)[0].numpy(),
        count=count,
        scene=scene,
        exported=written,
    )
