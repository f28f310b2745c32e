"""What networks answer to the pictures of a folder, as trials like those of people."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from figures.measurement import measurement
from figures.methods import cue_conflict
from figures.methods.activations import logits
from figures.methods.cue_conflict import Trials
from figures.methods.datasets import Dataset
from figures.methods.models import Model
from figures.methods.observers.categories import Grouping
from figures.methods.observers.conflict_pictures import ConflictPictures

BATCH = 64


@dataclass(frozen=True)
class CategoryAnswers:
    """The probability (n, categories) of each category for each picture: the mean over its classes."""

    probability: np.ndarray


@measurement
def answered(model: Model, dataset: Dataset, head: str, members: tuple[tuple[int, ...], ...]) -> CategoryAnswers:
    """Show a network all pictures of a data set, each cut square to its own input; `members` are classes by category.

    Raises ValueError for a picture that cannot be decoded.
    """
    pictures = dataset.sized(model.input_size, model.channels)
    groups = {str(number): classes for number, classes in enumerate(members)}
    shares = [
        cue_conflict.grouped(logits(model, pictures.images(range(start, stop)), head).numpy(), groups)[1]
        for start, stop in _batches(len(pictures))
    ]
    return CategoryAnswers(np.concatenate(shares).astype(np.float32))


def _batches(count: int) -> list[tuple[int, int]]:
    return [(start, min(start + BATCH, count)) for start in range(0, count, BATCH)]


def observe(model: Model, pictures: ConflictPictures, grouping: Grouping) -> Trials:
    """Return a network's answers to pictures as trials: the category with the highest mean probability."""
    seen = answered(model, pictures.dataset, grouping.head, grouping.members)
    response = np.array(grouping.names)[seen.probability.argmax(axis=1)]
    who = np.full(len(pictures), model.name)
    return Trials(
        model.name, "network", pictures.dataset.name, pictures.shape, pictures.texture, response, who, pictures.stimulus
    )
