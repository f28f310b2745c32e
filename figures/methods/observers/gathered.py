"""The answers of all observers that a figure compares: networks measured here, people and networks as published."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from figures.methods import cue_conflict, datasets, models, responses
from figures.methods.cue_conflict import Trials
from figures.methods.models import Model
from figures.methods.observers import answering, categories, conflict_pictures
from figures.methods.observers.categories import Grouping
from figures.methods.observers.conflict_pictures import ConflictPictures


@dataclass(frozen=True)
class Recipe:
    """What observers are shown: the pictures of a data set, else drawings, `per_pair` of each pair of classes.

    `categories` is a file of groups of classes, `head` the head of the networks that answers pictures.
    """

    pictures: str | None = None
    categories: Path | None = None
    head: str = ""
    per_pair: int = 2
    filled: bool = True
    seed: int = 0


@dataclass(frozen=True)
class Gathered:
    """Trials by observer; `grouped` says how many classes of a network are grouped into how many categories."""

    trials: tuple[Trials, ...]
    grouped: dict[str, tuple[int, int]]


def of(networks: Sequence[str], files: Sequence[Path], recipe: Recipe) -> Gathered:
    """Ask networks, and read what others answered.

    Raises ValueError for what cannot be shown or answered, ResponsesError for mistakes in a file.
    """
    several = [models.load(name) for name in networks]
    published = responses.files_beside(files, [network.name for network in several])
    measured, grouped = _shown_pictures(several, recipe) if recipe.pictures else (_drawings(several, recipe), {})
    return Gathered((*measured, *published), grouped)


def _drawings(networks: Sequence[Model], recipe: Recipe) -> list[Trials]:
    for name, given in (("categories", recipe.categories), ("head", recipe.head)):
        if given:
            raise ValueError(f"{name} says how networks answer pictures of a folder; expected pictures too")
    return [
        cue_conflict.observe(network, n_per_pair=recipe.per_pair, seed=recipe.seed, filled=recipe.filled)
        for network in networks
    ]


def _shown_pictures(networks: Sequence[Model], recipe: Recipe) -> tuple[list[Trials], dict[str, tuple[int, int]]]:
    pictures = conflict_pictures.of(datasets.load(recipe.pictures or ""))
    groupings = [_grouping(network, pictures, recipe) for network in networks]
    trials = [
        answering.observe(network, pictures, grouping) for network, grouping in zip(networks, groupings, strict=True)
    ]
    coarse = {
        network.name: (sum(map(len, grouping.members)), len(grouping.names))
        for network, grouping in zip(networks, groupings, strict=True)
        if grouping.is_coarse
    }
    return trials, coarse


def _grouping(network: Model, pictures: ConflictPictures, recipe: Recipe) -> Grouping:
    own = categories.read(recipe.categories) if recipe.categories else None
    return categories.of(network, pictures.categories, own=own, head=recipe.head)
