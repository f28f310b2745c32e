"""What a data set holds: an image of each label, how many there are, and whose pictures they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from figures.manifests.photographs import PHOTOGRAPHS
from figures.methods.datasets import Dataset
from figures.methods.datasets.photographs import Squares
from figures.methods.pictures import pixels, rgb


@dataclass(frozen=True)
class DatasetSheet:
    """Images of a data set, (n, side, side, 3) uint8, the first with each label, or evenly where there are no labels.

    `counts` are of the images with that label; `credits` and `licences` are empty where they are not known;
    `broken` are those that could not be read, so far as they were looked at, and `images` how many are left.
    """

    dataset: str
    size: int
    labels: int
    names: tuple[str, ...]
    shown: tuple[str, ...]
    counts: tuple[int, ...]
    pictures: np.ndarray
    credits: tuple[str, ...]
    licences: tuple[str, ...]
    images: int = 0
    broken: tuple[str, ...] = ()

    @property
    def captions(self) -> tuple[str, ...]:
        """What each image is: its label, else its name."""
        return tuple(label or name for label, name in zip(self.shown, self.names, strict=True))

    @property
    def credited(self) -> bool:
        """Whether it is known whose pictures these are."""
        return any(self.credits)

    def columns(self) -> dict[str, Sequence[object]]:
        """Return what a table lists of each image."""
        whose = {"by": self.credits, "licence": self.licences} if self.credited else {}
        labels = {"label": self.shown, "images": self.counts} if self.labels else {}
        return {"image": self.names, **labels, **whose}


def of(dataset: Dataset, count: int, side_px: int) -> DatasetSheet:
    """Choose `count` images at most, in the order of the data set."""
    labels = dataset.labels(range(len(dataset)))
    first = {label: index for index, label in reversed(list(enumerate(labels))) if label}
    wanted = sorted(first.values())[:count]
    if not wanted:
        wanted = np.unique(np.linspace(0, len(dataset) - 1, count).round().astype(int)).tolist()
    chosen, broken = _readable(dataset, wanted, labels)
    shown, counted = [labels[index] for index in chosen], Counter(labels)
    whose = _credits(dataset)
    return DatasetSheet(
        dataset=dataset.name,
        size=len(dataset),
        labels=len(first),
        names=tuple(dataset.names(chosen)),
        shown=tuple(shown),
        counts=tuple(counted[label] for label in shown),
        pictures=pixels(rgb(dataset.images(chosen, side_px))),
        credits=tuple(whose.get(label, ("", ""))[0] for label in shown),
        licences=tuple(whose.get(label, ("", ""))[1] for label in shown),
        images=len(dataset) - len(broken),
        broken=(*dataset.broken, *dataset.names(broken)),
    )


def _readable(dataset: Dataset, wanted: Sequence[int], labels: Sequence[str]) -> tuple[list[int], list[int]]:
    """Return images that can be decoded, and those that cannot: for each of these the next with its label is taken.

    Raises ValueError where none can be.
    """
    chosen, broken = [], []
    for first in wanted:
        for index in (i for i in range(first, len(dataset)) if labels[i] == labels[first] and i not in chosen):
            if len(dataset.usable([index])[0]):
                chosen.append(index)
                break
            broken.append(index)
    if not chosen:
        raise ValueError(f"{dataset.name} has no image that can be decoded")
    return chosen, sorted(set(broken))


def _credits(dataset: Dataset) -> Mapping[str, tuple[str, str]]:
    """Return who made the picture of a label, and what it is given under."""
    if not isinstance(getattr(dataset, "reader", None), Squares):
        return {}
    return {picture.name: (picture.credit, picture.licence) for picture in PHOTOGRAPHS}
