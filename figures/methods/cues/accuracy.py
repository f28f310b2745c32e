"""How often observers are right under conditions that take shape or texture away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch

from figures.cards import plainly
from figures.glyphs import dataset as glyphs
from figures.measurement import measurement
from figures.methods import cue_conflict
from figures.methods.activations import logits
from figures.methods.cues import conditions, glyph_conditions
from figures.methods.cues.conflicts import fitted
from figures.methods.datasets import Dataset, Glyphs, Pictures
from figures.methods.models import Model
from figures.methods.rates import Rate


@dataclass(frozen=True, kw_only=True)
class Accuracy(Rate):
    """How many of some trials an observer answered right under one condition; `chance` is that of a guess."""

    observer: str
    kind: str
    condition: str
    chance: float


@dataclass(frozen=True)
class Shown:
    """What was shown to networks: how many pictures of which classes, and which labels no network knows."""

    pictures: int
    classes: tuple[str, ...]
    drawn: bool
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answered:
    """Class numbers that were answered, (condition, n), to pictures of the classes `truth` (n,)."""

    truth: np.ndarray
    response: np.ndarray


@measurement
def glyphs_answered(model: Model, per_class: int, *, turn_deg: float, seed: int) -> Answered:
    """Show a network glyphs of every shape under all conditions; in conflict the texture is another class's."""
    shape = np.tile(np.arange(len(glyphs.SHAPES)), per_class)
    other = np.random.default_rng(seed).integers(1, len(glyphs.SHAPES), len(shape))
    texture = (shape + other) % len(glyphs.SHAPES)
    images = glyph_conditions.of(range(len(shape)), shape.tolist(), texture.tolist(), seed, turn_deg)
    order = [glyphs.SHAPES.index(name) for name in model.heads["shape"]]
    response = [np.array(order)[_best(model, fitted(shown, model), "shape")] for shown in images]
    return Answered(shape, np.stack(response))


@measurement
def cut_outs_answered(
    model: Model, dataset: Dataset, images: np.ndarray, truth: np.ndarray, *, head: str, turn_deg: float, seed: int
) -> Answered:
    """Show a network cut-outs (n,) of classes (n,) under all conditions; only the classes there are may be answered.

    In conflict a silhouette is filled with the texture of a cut-out of another class.
    """
    sized = dataset.sized(model.input_size, model.channels)
    assert isinstance(sized, Pictures)
    pictures, masks = sized.images(images).numpy(), sized.silhouettes(images)[:, 0].numpy()
    textures = np.stack([conditions.texture(picture, mask) for picture, mask in zip(pictures, masks, strict=True)])
    random, several = np.random.default_rng(seed), np.unique(truth)
    shown = []
    for place, (picture, mask) in enumerate(zip(pictures, masks, strict=True)):
        other = random.choice(np.flatnonzero(truth != truth[place]))
        shown.append(conditions.every(picture, mask, conditions.filled(mask, textures[other]), turn_deg))
    response = [several[_best(model, part, head, several)] for part in np.stack(shown, axis=1)]
    return Answered(truth, np.stack(response))


def _best(model: Model, images: np.ndarray, head: str, among: np.ndarray | None = None) -> np.ndarray:
    """Return the place (n,) of the likeliest class, among some or all."""
    scores = logits(model, torch.from_numpy(images), head)
    best: np.ndarray = (scores if among is None else scores[:, among]).argmax(dim=1).numpy()
    return best


def of(
    models: Sequence[Model], dataset: Dataset, *, head: str, per_class: int, turn_deg: float, seed: int
) -> tuple[Shown, list[Accuracy]]:
    """Ask networks under all conditions: about glyphs, or about a folder of cut-outs whose folders are classes.

    Raises ValueError where a network does not know the shapes, where a head is missing, where fewer than two folders
    are classes of every network, and for pictures without a silhouette.
    """
    if isinstance(dataset, Glyphs):
        for model in models:
            cue_conflict.check(model)
        given = {model.name: glyphs_answered(model, per_class, turn_deg=turn_deg, seed=seed) for model in models}
        shown = Shown(per_class * len(glyphs.SHAPES), glyphs.SHAPES, drawn=True)
        return shown, [row for name, answers in given.items() for row in counted(name, answers, len(glyphs.SHAPES))]
    return _of_cut_outs(models, dataset, head, per_class, turn_deg, seed)


def _of_cut_outs(
    models: Sequence[Model], dataset: Dataset, head: str, per_class: int, turn_deg: float, seed: int
) -> tuple[Shown, list[Accuracy]]:
    heads = {model.name: model.head(head) for model in models}
    chosen, left_out = labelled(dataset, [model.heads[heads[model.name]] for model in models], per_class)
    shown = Shown(sum(map(len, chosen.values())), tuple(chosen), drawn=False, left_out=left_out)
    images = np.array([image for several in chosen.values() for image in several])
    _check_cut_outs(dataset, images)
    rows = []
    for model in models:
        known = {plainly(name): number for number, name in enumerate(model.heads[heads[model.name]])}
        truth = np.array([known[plainly(label)] for label, several in chosen.items() for _ in several])
        answers = cut_outs_answered(
            model, dataset, images, truth, head=heads[model.name], turn_deg=turn_deg, seed=seed
        )  # fmt: skip
        rows += counted(model.name, answers, len(chosen))
    return shown, rows


def labelled(
    dataset: Dataset, heads: Sequence[Sequence[str]], per_class: int
) -> tuple[dict[str, list[int]], tuple[str, ...]]:
    """Return the first images of each label that is a class of every network, and the labels that are not."""
    known = [set(map(plainly, classes)) for classes in heads]
    images: dict[str, list[int]] = {}
    for number, label in enumerate(dataset.labels(range(len(dataset)))):
        images.setdefault(label, []).append(number)
    fine = {label: several[:per_class] for label, several in sorted(images.items())
            if all(plainly(label) in classes for classes in known)}  # fmt: skip
    left_out = tuple(sorted(label for label in images if label not in fine))
    if len(fine) < 2:
        named = f"; its folders are {', '.join(left_out[:8])}" if any(left_out) else "; its images have no labels"
        raise ValueError(
            f"{dataset.name}: {len(fine)} of its labels are classes of the network; expected folders of at least two "
            f"classes{named}"
        )
    return fine, left_out


def _check_cut_outs(dataset: Dataset, images: np.ndarray) -> None:
    whole = "expected cut-outs, pictures with transparency"
    if not isinstance(dataset, Pictures):
        raise ValueError(f"{dataset.name} has no silhouettes; {whole}")
    opaque = dataset.sized(32, 1).silhouettes(images).flatten(1).amin(dim=1) > 0.5
    if opaque.any():
        name = dataset.names([int(images[int(opaque.int().argmax())])])[0]
        raise ValueError(f"{name} of {dataset.name} has no silhouette; {whole}")


def counted(observer: str, answers: Answered, classes: int) -> list[Accuracy]:
    """Count a network's right answers under each condition."""
    hits = (answers.response == answers.truth).sum(axis=1).tolist()
    names = zip(conditions.CONDITIONS, hits, strict=True)
    return [
        Accuracy(hit, len(answers.truth), observer=observer, kind="network", condition=name, chance=1 / classes)
        for name, hit in names
    ]


def columns(rows: Sequence[Accuracy]) -> Mapping[str, list[object]]:
    """Return what a table lists."""
    return {
        "observer": [row.observer for row in rows],
        "kind": [row.kind for row in rows],
        "condition": [row.condition for row in rows],
        "accuracy": [row.share for row in rows],
        "ci95_low": [row.ends[0] for row in rows],
        "ci95_high": [row.ends[1] for row in rows],
        "right": [row.hits for row in rows],
        "n": [row.trials for row in rows],
        "chance": [row.chance for row in rows],
    }
