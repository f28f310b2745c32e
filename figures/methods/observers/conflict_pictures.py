"""Pictures of a folder whose shape is of one category and whose texture is of another, as their names say."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from figures.methods.datasets import Dataset
from figures.methods.observers import stimulus_names
from figures.methods.observers.stimulus_names import EXPECTED, StimulusName


@dataclass(frozen=True)
class ConflictPictures:
    """The pictures of a data set, in its order, by name.

    Those whose cues agree are among them. `shape` and `texture` are categories, the exemplars have their numbers.
    """

    dataset: Dataset
    stimulus: np.ndarray
    shape: np.ndarray
    texture: np.ndarray
    shape_exemplar: np.ndarray
    texture_exemplar: np.ndarray

    def __len__(self) -> int:
        return len(self.stimulus)

    @property
    def categories(self) -> tuple[str, ...]:
        """All that a picture shows as shape or as texture."""
        return tuple(sorted({*self.shape.tolist(), *self.texture.tolist()}))


def of(dataset: Dataset) -> ConflictPictures:
    """Read what the pictures of a folder show.

    Raises ValueError for a name that does not say it, for one that cannot be opened, and where the cues of all
    pictures agree.
    """
    files = dataset.files(np.arange(len(dataset)))
    if not files:
        raise ValueError(f"{dataset.name} lies in no folder; expected a folder of pictures, each named SHAPE1-TEXTURE2")
    if dataset.broken:
        raise ValueError(f"{dataset.name}: {dataset.broken[0]} cannot be read")
    pictures = _pictures(dataset, [_named(file, dataset.name) for file in files])
    if (pictures.shape == pictures.texture).all():
        raise ValueError(f"{dataset.name}: the shape and the texture of every picture agree; {EXPECTED}")
    return pictures


def _named(file: str, folder: str) -> StimulusName:
    try:
        return stimulus_names.read(file)
    except ValueError as error:
        raise ValueError(f"{folder}: {error}") from None


def _pictures(dataset: Dataset, names: list[StimulusName]) -> ConflictPictures:
    fields = ("stimulus", "shape", "texture", "shape_exemplar", "texture_exemplar")
    return ConflictPictures(dataset, *(np.array([getattr(name, field) for name in names]) for field in fields))
