"""Photographs in each other's styles: a content tells the shape, a style the texture, and every pair is shown."""

from __future__ import annotations

import functools
import hashlib
import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from figures.methods import asked_images
from figures.methods.cues import transfer
from figures.methods.cues.transfer import Pair, Recipe
from figures.methods.datasets import Dataset
from figures.methods.datasets.resizing import resized
from figures.methods.models import Model
from figures.methods.probes.stimuli import Labels

LEAST = 3
"""Contents and styles below which none can be held out: one to fit on, one to choose the penalty by, one to try."""


class Alone(Labels):
    """Labels of pictures whose classes have one exemplar each: what is held out are classes of the other cue."""

    told = (
        "whole styles are held out for shape, whole contents for texture; a class is one picture, so that what is read "
        "is which picture it was, and not what others like it share"
    )

    def held_out(self, cue: str) -> np.ndarray:
        return self.classes("texture" if cue == "shape" else "shape")


@dataclass(frozen=True, eq=False)
class StylisedPictures:
    """Every content in every style, style after style, (n, channel, side, side) in [0, 1].

    See `figures.methods.probes.stimuli.CuePictures`.
    """

    pictures: np.ndarray
    contents: tuple[str, ...]
    styles: tuple[str, ...]
    encoder: str

    @functools.cached_property
    def digest(self) -> str:
        head = f"{self.pictures.shape} {len(self.contents)}".encode()
        return hashlib.sha256(head + self.pictures.tobytes()).hexdigest()

    @property
    def words(self) -> str:
        return (
            f"{len(self.pictures)} pictures, {len(self.contents)} contents each in the styles of "
            f"{len(self.styles)} others, transferred in {self.encoder}; so few tell large differences only"
        )

    def labels(self) -> Labels:
        """Number contents and styles."""
        shape, texture = np.indices((len(self.contents), len(self.styles))).reshape(2, -1)
        return Alone(shape, texture, np.zeros_like(shape), np.zeros_like(texture))

    def images(self, numbers: np.ndarray, size_px: int) -> torch.Tensor:
        """Return pictures by number, (n, 3, size, size) in [0, 1]."""
        images = resized(torch.from_numpy(self.pictures[numbers]), size_px)
        return images if images.shape[1] == 3 else images[:, :1].expand(-1, 3, -1, -1)


def of(
    encoder: Model, dataset: Dataset, content: Sequence[str | Path], style: Sequence[str | Path], recipe: Recipe
) -> StylisedPictures:
    """Bring every content into every style, as `cue-conflict` does.

    Raises ValueError for fewer than three of either, and for pictures that there are not.
    """
    for name, given in (("content", content), ("style", style)):
        if len(set(given)) < LEAST:
            raise ValueError(f"{name}: {len(set(given))} pictures; expected at least {LEAST}")
    contents, styles = (asked_images.shown(encoder, dataset, tuple(dict.fromkeys(one))) for one in (content, style))
    pairs = tuple(Pair(*pair) for pair in itertools.product(contents.images, styles.images))
    made = transfer.stylised(encoder, pairs, recipe.of(encoder))
    return StylisedPictures(made.pictures, contents.names, styles.names, encoder.name)
