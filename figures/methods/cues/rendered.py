"""Glyphs whose shape is of one class and whose texture of another, and each of the two by itself: drawn, not pasted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch

from figures.glyphs import dataset as glyphs
from figures.methods.datasets import Dataset, Glyphs
from figures.nearest import nearest

BOTH = replace(glyphs.CONFLICT, filled_share=1.0)
SHAPE_ALONE = replace(BOTH, texture_contrast=(0.0, 0.0))
TEXTURE_ALONE = replace(glyphs.CONFLICT, scale=(6.0, 6.0))
DISC = glyphs.SHAPES.index("disc")


@dataclass(frozen=True)
class Asked:
    """Shapes or textures that an author asks for, by class number, each with the image that it stands in otherwise."""

    words: tuple[str, ...]
    classes: tuple[int, ...]
    images: tuple[int, ...]

    @property
    def labels(self) -> tuple[str, ...]:
        """The class of each: a texture has the number of the shape that it is paired with."""
        return tuple(glyphs.SHAPES[number] for number in self.classes)


def shapes(dataset: Dataset, pictures: Sequence[str | Path]) -> Asked:
    """Read shapes: their names, or numbers of images that show them; raises ValueError with the nearest name."""
    return _asked(dataset, pictures, "shape", [glyphs.SHAPES])


def textures(dataset: Dataset, pictures: Sequence[str | Path]) -> Asked:
    """Read textures: their names, the shapes they are paired with, or numbers of images that show them."""
    return _asked(dataset, pictures, "texture", [glyphs.TEXTURES, glyphs.SHAPES])


def _asked(dataset: Dataset, pictures: Sequence[str | Path], kind: str, known: Sequence[Sequence[str]]) -> Asked:
    if not isinstance(dataset, Glyphs):
        raise ValueError(f"only glyphs are drawn, and {dataset.name} has none; expected `dataset: glyphs`")
    numbers, images = [], []
    for place, written in enumerate(map(str, pictures)):
        names = next((names for names in known if written in names), None)
        if names is None and not written.isdigit():
            several = [name for names in known for name in names]
            raise ValueError(f"glyphs have no {kind} {written!r}{nearest(written, several)}")
        images.append(place if names is not None else int(written))
        truth = dataset.parameters([images[-1]])
        numbers.append(list(names).index(written) if names is not None else int(getattr(truth, kind)[0]))
    words = tuple((glyphs.SHAPES if kind == "shape" else glyphs.TEXTURES)[number] for number in numbers)
    return Asked(words, tuple(numbers), tuple(images))


def shape_alone(asked: Asked, seed: int) -> np.ndarray:
    """Draw shapes (n, 3, 64, 64) in a colour of their own, without a texture."""
    return drawn(asked.images, asked.classes, [0] * len(asked.classes), SHAPE_ALONE, seed)


def texture_alone(asked: Asked, seed: int) -> np.ndarray:
    """Draw textures (n, 3, 64, 64) that fill the image."""
    return drawn(asked.images, [DISC] * len(asked.classes), asked.classes, TEXTURE_ALONE, seed)


def both(content: Asked, style: Asked, seed: int) -> np.ndarray:
    """Draw every shape in every texture, (shapes · textures, 3, 64, 64), texture after texture for each shape."""
    pairs = [(image, shape, texture) for image, shape in zip(content.images, content.classes, strict=True)
             for texture in style.classes]  # fmt: skip
    images, shape, texture = (list(column) for column in zip(*pairs, strict=True))
    return drawn(images, shape, texture, BOTH, seed)


def drawn(
    images: Sequence[int], shape: Sequence[int], texture: Sequence[int], variant: glyphs.Variant, seed: int
) -> np.ndarray:
    """Draw images (n, 3, 64, 64) of shapes and textures (n,); the numbers of `images` decide on all else."""
    indices = glyphs.HELD_OUT + torch.as_tensor(np.asarray(images))
    return glyphs.render(indices, seed=seed, variant=variant, shape=shape, texture=texture)[0].numpy()
