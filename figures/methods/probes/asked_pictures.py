"""The pictures that probes are shown, as an author asks for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from figures.methods import datasets, models
from figures.methods.cues.transfer import Recipe
from figures.methods.probes import named_pictures, stylised_pictures
from figures.methods.probes.stimuli import CuePictures


@dataclass(frozen=True)
class Styles:
    """Contents and styles, files or pictures of a data set, and how the one takes on the other."""

    content: Sequence[str | Path]
    style: Sequence[str | Path]
    dataset: str
    encoder: str
    recipe: Recipe


def of(drawings: CuePictures, folder: str | None, styles: Styles) -> CuePictures:
    """Choose a folder of conflict pictures where there is one, else pictures in others' styles, else drawings.

    Raises ValueError where both of the first are asked for, and for contents without styles.
    """
    if not (styles.content or styles.style):
        return named_pictures.of(datasets.load(folder)) if folder else drawings
    if folder:
        raise ValueError("pictures: stands beside content and style; expected a folder, or those two")
    encoder, dataset = models.load(styles.encoder), datasets.load(styles.dataset)
    return stylised_pictures.of(encoder, dataset, styles.content, styles.style, styles.recipe)
