"""Pictures of two cues, each shape in several textures and each texture on several shapes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Protocol

import numpy as np
import torch

from figures.glyphs import dataset as glyphs
from figures.methods.datasets.resizing import resized

CUES = ("shape", "texture")
_FIGURES, _TEXTURES, _REST = (glyphs.HELD_OUT + (k << 24) for k in (1, 2, 3))
"""Where the indices begin of the images that figures, textures and all else are taken from."""


@dataclass(frozen=True)
class Labels:
    """What the pictures show: class numbers and exemplars, (n,) each.

    An exemplar is one outline, or one piece of texture, whatever it is combined with. Those of different classes
    may have the same number. `told` says what `held_out` keeps together.
    """

    told: ClassVar[str] = "whole outlines are held out for shape, whole pieces of texture for texture"

    shape: np.ndarray
    texture: np.ndarray
    shape_exemplar: np.ndarray
    texture_exemplar: np.ndarray

    def __len__(self) -> int:
        return len(self.shape)

    def classes(self, cue: str) -> np.ndarray:
        """Return the class numbers of a cue, (n,)."""
        numbers: np.ndarray = getattr(self, cue)
        return numbers

    def groups(self, cue: str) -> np.ndarray:
        """Return which exemplar of a cue each picture has, (n,), counted through all classes."""
        both = np.stack([self.classes(cue), getattr(self, f"{cue}_exemplar")])
        return np.unique(both, axis=1, return_inverse=True)[1].reshape(-1)

    def held_out(self, cue: str) -> np.ndarray:
        """Return which pictures are held out together where a cue is read, (n,)."""
        return self.groups(cue)


class CuePictures(Protocol):
    """Pictures whose shape and texture are known; a measurement keeps what it measures by their content."""

    @property
    def words(self) -> str: ...

    def labels(self) -> Labels: ...

    def images(self, numbers: np.ndarray, size_px: int) -> torch.Tensor:
        """Return pictures by number, (n, 3, size, size) in [0, 1]."""
        ...


@dataclass(frozen=True)
class Crossed:
    """Drawings of `glyphs`: `exemplars` figures of every shape, each in `textures` of as many pieces of texture.

    Shape and texture are independent, and the same exemplar has other colours and noise in each drawing.
    """

    exemplars: int
    textures: int
    seed: int

    @property
    def words(self) -> str:
        shapes, pieces = len(glyphs.SHAPES), self.exemplars * len(glyphs.TEXTURES)
        return (
            f"{len(self.labels())} drawings of glyphs, {self.exemplars} figures of each of {shapes} shapes, each in "
            f"{self.textures} of {pieces} pieces of texture"
        )

    def labels(self) -> Labels:
        """Pair each figure with textures drawn at random, so that each texture is worn equally often."""
        random, count = np.random.Generator(np.random.Philox(self.seed)), self.exemplars * len(glyphs.SHAPES)
        figure = np.tile(np.arange(count), self.textures)
        texture = np.concatenate([random.permutation(count) for _ in range(self.textures)])
        parts = [divmod(exemplar, len(glyphs.SHAPES)) for exemplar in (figure, texture)]
        return Labels(parts[0][1], parts[1][1], parts[0][0], parts[1][0])

    def images(self, numbers: np.ndarray, size_px: int) -> torch.Tensor:
        """Draw pictures by number, (n, 3, size, size) in [0, 1]."""
        known, places = self.labels(), torch.as_tensor(numbers)
        shape, texture = (torch.from_numpy(known.classes(cue))[places] for cue in CUES)
        figures, textures = (torch.from_numpy(known.groups(cue))[places] for cue in CUES)
        images, _ = glyphs.crossed(
            _REST + places, _FIGURES + figures, _TEXTURES + textures,
            seed=self.seed, variant=glyphs.CONFLICT, shape=shape, texture=texture,
        )  # fmt: skip
        return resized(images, size_px)
