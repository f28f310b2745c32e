"""What a head answers to the images of a data set, as they are or corrupted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch

from figures.measurement import measurement
from figures.methods.activations import logits
from figures.methods.batches import in_batches
from figures.methods.datasets import Dataset
from figures.methods.datasets.indices import some
from figures.methods.models import Model
from figures.methods.rates import Rate
from figures.methods.robustness.corruptions import corrupted
from figures.methods.truth import UNKNOWN, truth

_PIXELS, _BATCH = 32 * 224**2, 128


@dataclass(frozen=True)
class Answers:
    """The number of the class that is answered, (strengths, images); -1 of an image that cannot be decoded."""

    number: np.ndarray


@measurement(each="strengths")
def answers(
    model: Model, dataset: Dataset, *, images: np.ndarray, head: str, corruption: str, strengths: Sequence[float],
    seed: int = 0,
) -> Answers:  # fmt: skip
    """Show a network images of a data set by number (n,), corrupted with each of some strengths."""
    data = dataset.sized(model.input_size, model.channels)
    found = np.full((len(strengths), len(images)), -1, np.int64)
    place = {int(number): i for i, number in enumerate(images)}

    def answered(some: slice) -> None:
        indices, shown = data.usable(images[some])
        for row, strength in enumerate(strengths if len(indices) else ()):
            harder = corrupted(shown, corruption, strength, indices=indices.tolist(), seed=seed)
            columns = [place[int(index)] for index in indices]
            found[row, columns] = logits(model, harder, head).argmax(dim=1).numpy()

    torch.set_flush_denormal(True)
    for _ in in_batches(len(images), max(1, min(_BATCH, _PIXELS // data.size_px**2)), answered):
        pass
    return Answers(found)


def as_they_are(model: Model, dataset: Dataset, images: np.ndarray, head: str) -> np.ndarray:
    """Return what a head answers to images (n,) of a data set without any corruption."""
    plain = answers(model, dataset, images=images, head=head, corruption="contrast", strengths=(1.0,))
    numbers: np.ndarray = plain.number[0]
    return numbers


def truths(model: Model, dataset: Dataset, images: np.ndarray, head: str) -> np.ndarray | None:
    """Return the classes (n,) that are right of images of a data set; None where labels are not the head's classes."""
    numbers = truth(dataset, images, head, model.heads[head])
    return numbers if (numbers != UNKNOWN).all() else None


def can_be_wrong(model: Model, dataset: Dataset, head: str) -> bool:
    """Tell whether a network learned classes that the labels of a data set are, the first of them at least."""
    if model.random or not (model.heads and (not head or head in model.heads)):
        return False
    return truths(model, dataset, np.arange(1), model.head(head)) is not None


def accuracy(model: Model, dataset: Dataset, *, head: str = "", count: int, seed: int = 0) -> Rate | None:
    """Return how many of `count` images drawn at random a network names right; None where nothing is right or wrong."""
    if not count or not can_be_wrong(model, dataset, head):
        return None
    images, chosen = some(len(dataset), count, seed), model.head(head)
    right = truths(model, dataset, images, chosen)
    return None if right is None else agreeing(as_they_are(model, dataset, images, chosen), right)


def agreeing(answered: np.ndarray, expected: np.ndarray) -> Rate:
    """Count the answers (n,) that are as expected, of the images that could be decoded."""
    known = (answered >= 0) & (expected >= 0)
    return Rate(int((answered == expected)[known].sum()), int(known.sum()))
