"""What is known of the images of a data set: their labels, and what glyphs were drawn with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from figures.glyphs import dataset as glyphs
from figures.methods.datasets import Dataset
from figures.methods.datasets.glyphs import Glyphs
from figures.nearest import nearest

LABEL = "label"
PARTS = 5
"""Into how many equally large groups images are split by a number."""
_NAMED = {
    "shape": glyphs.SHAPES, "texture": glyphs.TEXTURES, "background": glyphs.BACKGROUNDS,
    "background_texture": glyphs.TEXTURES, "filled": ("outline", "filled"),
}  # fmt: skip


@dataclass(frozen=True)
class Attribute:
    """A word for each image, empty where nothing is known, and all words in their order; `ordered` by a number."""

    name: str
    words: tuple[str, ...]
    order: tuple[str, ...]
    ordered: bool = False


def of(dataset: Dataset, name: str, images: Sequence[int]) -> Attribute:
    """Tell an attribute of images by number; raises ValueError with the nearest for one that there is not."""
    known = (LABEL, *_numbers(dataset, images[:1]))
    if name not in known:
        raise ValueError(
            f"colour: images of {dataset.name} have no {name!r} (they have {', '.join(known)}){nearest(name, known)}"
        )
    if name == LABEL:
        words = tuple(dataset.labels(images))
        return Attribute(name, words, tuple(sorted({word for word in words if word})))
    values = _numbers(dataset, images)[name]
    return _named(name, values, _NAMED[name]) if name in _NAMED else _split(name, values)


def _numbers(dataset: Dataset, images: Sequence[int]) -> dict[str, np.ndarray]:
    """Return what glyphs were drawn with, as far as it is one number an image (n,)."""
    if not isinstance(dataset, Glyphs):
        return {}
    return {name: array for name, array in dataset.parameters(images).numpy().items() if array.ndim == 1}


def _named(name: str, values: np.ndarray, names: Sequence[str]) -> Attribute:
    words = tuple(names[number] for number in values.astype(int).tolist())
    return Attribute(name, words, tuple(word for word in names if word in words))


def _split(name: str, values: np.ndarray) -> Attribute:
    """Split images into groups by a number, as equally large as equal numbers allow."""
    edges = np.unique(np.quantile(values, np.linspace(0, 1, PARTS + 1)))
    group = np.clip(np.searchsorted(edges, values, side="right") - 1, 0, max(len(edges) - 2, 0))
    ends = [f"{edge:.3g}" for edge in edges.tolist()]
    names = [f"{low} to {high}" for low, high in zip(ends, ends[1:], strict=False)] or ends
    return Attribute(name, tuple(names[one] for one in group.tolist()), tuple(dict.fromkeys(names)), ordered=True)
