"""Conflict pictures of a folder: what each shows stands in its name, `cat1-truck3.png`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch

from figures.methods.datasets import Dataset
from figures.methods.observers import conflict_pictures
from figures.methods.probes.stimuli import CUES, Labels

BATCH = 64
LEAST = 2
"""Categories of either cue below which there is nothing to tell apart."""


@dataclass(frozen=True)
class NamedPictures:
    """The pictures of a data set with their names; see `figures.methods.probes.stimuli.CuePictures`."""

    dataset: Dataset
    names: tuple[str, ...]

    @property
    def words(self) -> str:
        known = self.labels()
        shapes, textures = (len(np.unique(known.classes(cue))) for cue in CUES)
        return f"{len(known)} pictures of {self.dataset.name} with {shapes} shapes and {textures} textures"

    def labels(self) -> Labels:
        """Number the categories and the exemplars that names speak of, each in the order of its letters."""
        seen = conflict_pictures.of(self.dataset)
        columns = (seen.shape, seen.texture, seen.shape_exemplar, seen.texture_exemplar)
        return Labels(*(np.unique(column, return_inverse=True)[1].reshape(-1) for column in columns))

    def images(self, numbers: np.ndarray, size_px: int) -> torch.Tensor:
        """Read pictures by number, cut square, (n, 3, size, size) in [0, 1]."""
        return self.dataset.sized(size_px, 3).images(numbers)


def of(dataset: Dataset) -> NamedPictures:
    """Take a folder's pictures.

    Raises ValueError for names that do not say a shape and a texture, and where there is one category of either only.
    """
    pictures = NamedPictures(dataset, tuple(dataset.files(np.arange(len(dataset)))))
    known = pictures.labels()
    for cue in CUES:
        if len(np.unique(known.classes(cue))) < LEAST:
            raise ValueError(f"{dataset.name} has pictures of one {cue} only; expected {LEAST} or more")
    return pictures
