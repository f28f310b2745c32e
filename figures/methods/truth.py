"""Which class of a head is right for an image of a data set, where that is known."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from figures.cards import plainly
from figures.methods.datasets import Dataset, Glyphs
from figures.methods.datasets.indices import Indices

UNKNOWN = -1
_DRAWN = ("shape", "texture")


def truth(dataset: Dataset, images: Indices, head: str, classes: Sequence[str]) -> np.ndarray:
    """Return the right class (n,) of images by number, -1 where it is not known.

    Glyphs know their shape and their texture; of other images the label is what the head's classes are compared with.
    """
    if isinstance(dataset, Glyphs) and head in _DRAWN:
        drawn: np.ndarray = getattr(dataset.parameters(images), head).numpy().astype(np.int64)
        return drawn
    known = {plainly(name): number for number, name in enumerate(classes)}
    return np.array([known.get(plainly(label), UNKNOWN) for label in dataset.labels(images)], np.int64)
