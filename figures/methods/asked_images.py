"""Pictures that an author asks for: files beside the article, or images of a data set by number or name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from figures.methods.datasets import Dataset
from figures.methods.datasets.decoding import decoded
from figures.methods.datasets.held import Held
from figures.methods.models import Model
from figures.nearest import nearest

_KNOWN = 10_000


@dataclass(frozen=True)
class Shown:
    """Pictures as a network sees them: (n, channel, size, size) in [0, 1].

    `names` are those of files, and what an author called the images of a data set; `words` say so in a
    sentence. `labels` are empty where nothing is known; `files` are the names of files, none where there are no more
    than `names` say.
    """

    names: tuple[str, ...]
    words: tuple[str, ...]
    labels: tuple[str, ...]
    images: np.ndarray
    files: tuple[str, ...] = ()

    def column(self, times: int = 1) -> dict[str, list[str]]:
        """Return the columns of a table that say which picture each of its rows is about, each picture `times`."""
        named = {"picture": self.names, **({"file": self.files} if self.files else {})}
        return {title: [name for name in names for _ in range(times)] for title, names in named.items()}

    def held(self) -> Held:
        """Return the pictures as a data set of their own."""
        return Held("pictures", torch.from_numpy(self.images), self.names, self.labels)


def shown(model: Model, dataset: Dataset, pictures: Sequence[str | Path]) -> Shown:
    """Open pictures; raises ValueError for a file that is no image, and for what the data set does not have."""
    side, channels = model.input_size, model.channels
    images = np.zeros((len(pictures), channels, side, side), np.float32)
    own = {place: number_of(dataset, str(one)) for place, one in enumerate(pictures) if not isinstance(one, Path)}
    for place, one in enumerate(pictures):
        if isinstance(one, Path):
            images[place] = opened(one, side, channels)
    if own:
        images[list(own)] = dataset.sized(side, channels).images(list(own.values())).numpy()
    labels = {place: dataset.labels([number])[0] for place, number in own.items()}
    names = tuple(one.name if isinstance(one, Path) else str(one) for one in pictures)
    files = dict(zip(own, dataset.files(list(own.values())), strict=False))
    known = tuple(files.get(place, name) for place, name in enumerate(names))
    return Shown(
        names=names,
        words=tuple(one.name if isinstance(one, Path) else _words(str(one), dataset) for one in pictures),
        labels=tuple(labels.get(place, "") for place in range(len(pictures))),
        images=images,
        files=known if files and known != names else (),
    )


def _words(written: str, dataset: Dataset) -> str:
    return f"image {written} of {dataset.name}" if written.isdigit() else f"{written} of {dataset.name}"


def opened(path: Path, size_px: int, channels: int = 3) -> np.ndarray:
    """Read an image file as a network sees it, (channel, size, size) in [0, 1]; raises ValueError for what is none."""
    try:
        picture = decoded(path.read_bytes(), size_px, channels)
    except MemoryError:
        raise
    except Exception as error:  # a decoder may raise anything for a file that is not what its name says
        raise ValueError(f"{path.name}: not an image that can be read ({error})") from None
    return (np.moveaxis(picture, -1, 0) / 255).astype(np.float32)


def number_of(dataset: Dataset, written: str) -> int:
    """Find an image by its number, its name, or the first with a label; raises ValueError with the nearest name."""
    if written.isdigit():
        if int(written) >= len(dataset):
            raise ValueError(f"image {written}; {dataset.name} has images 0 to {len(dataset) - 1}")
        return int(written)
    everything = range(len(dataset))
    names = dataset.files(everything)
    for known in (names, dataset.labels(everything)):
        if written in known:
            return known.index(written)
    several = dict.fromkeys([*names[:_KNOWN], *dataset.labels(everything[:_KNOWN])])
    raise ValueError(f"{dataset.name} has no image {written!r}{nearest(written, several)}")


def numbered(model: Model, dataset: Dataset, pictures: Sequence[str | Path]) -> tuple[Dataset, tuple[int, ...]]:
    """Return a data set and the numbers that pictures have in it: one of their own where some are files.

    Raises ValueError as `shown` does.
    """
    own = [one for one in pictures if not isinstance(one, Path)]
    if len(own) == len(pictures):
        return dataset, tuple(number_of(dataset, str(one)) for one in own)
    return shown(model, dataset, pictures).held(), tuple(range(len(pictures)))
