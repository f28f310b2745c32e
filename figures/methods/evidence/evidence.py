"""Maps of the votes for a class, of several networks and one picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional

from figures import lab
from figures.measurement import measurement
from figures.methods import asked_images
from figures.methods.activations import prepared, read
from figures.methods.datasets import Dataset
from figures.methods.evidence import votes
from figures.methods.models import Model
from figures.methods.top_answers import answers
from figures.nearest import nearest

_STRONG = 99


@dataclass(frozen=True)
class Evidence:
    """What the places of a picture say for classes (k) of a head.

    coarse (k, rows, columns): the votes of the last maps, whose mean is `logits` (k,). fine (k, side, side): those of
    the patch around every pixel, or the coarse ones enlarged where places see more than patches; `patches` tells.
    probability (k,).
    """

    coarse: np.ndarray
    fine: np.ndarray
    logits: np.ndarray
    probability: np.ndarray
    patches: np.ndarray


@measurement
def evidence(model: Model, *, head: str, numbers: tuple[int, ...], image: np.ndarray) -> Evidence:
    """Ask the places of a picture (channel, side, side) in [0, 1]; raises ValueError where they have no votes."""
    shown = prepared(image[None], lab.device(), model.channels)[0]
    cast, patches = votes.ballot(model, head, numbers, shown), votes.sees_patches(model)
    with torch.no_grad():
        coarse = cast.of(model, shown[None])
        fine = votes.at_every_pixel(model, cast, shown) if patches else _enlarged(coarse, shown)
        answered = read(model, shown[None], [head])[head][0, :, 0, 0].double()
    chosen = list(numbers)
    return Evidence(
        coarse=coarse[0].cpu().numpy(),
        fine=fine.cpu().numpy(),
        logits=answered[chosen].cpu().numpy(),
        probability=answered.softmax(dim=0)[chosen].cpu().numpy(),
        patches=np.array(patches),
    )


def _enlarged(coarse: torch.Tensor, image: torch.Tensor) -> torch.Tensor:
    return functional.interpolate(coarse, image.shape[1:], mode="bilinear", align_corners=False)[0]


@dataclass(frozen=True)
class Asked:
    """A class of a head, by number and by name."""

    head: str
    number: int
    name: str


@dataclass(frozen=True)
class Seen:
    """What one network makes of the picture: the votes for each class that it has, by place in the list of classes.

    `field_px` is what a place sees, `side_px` the picture's side.
    """

    network: str
    field_px: int
    side_px: int
    evidence: dict[int, Evidence]

    @property
    def patches(self) -> bool:
        return any(bool(one.patches) for one in self.evidence.values())

    def strongest(self, place: int) -> tuple[int, int]:
        """Return the (row, column) of the pixel around which most speaks for a class."""
        row, column = divmod(int(self.evidence[place].fine[0].argmax()), self.side_px)
        return row, column


@dataclass(frozen=True)
class Strip:
    """A picture (channel, side, side) in [0, 1], the classes that places were asked for, and what networks made of it.

    `chosen` tells whether the author named the classes; else they are the likeliest of `by`.
    """

    picture: np.ndarray
    word: str
    classes: tuple[Asked, ...]
    chosen: bool
    by: str
    seen: tuple[Seen, ...]

    def columns(self) -> dict[str, Sequence[object]]:
        """Return what a table lists of each map."""
        rows = [(one, place, each) for one in self.seen for place, each in one.evidence.items()]
        return {
            "network": [one.network for one, _, _ in rows],
            "field px": [one.field_px for one, _, _ in rows],
            "class": [self.classes[place].name for _, place, _ in rows],
            "logit": [float(each.logits[0]) for _, _, each in rows],
            "mean of votes": [float(each.coarse[0].mean(dtype=np.float64)) for _, _, each in rows],
            "probability": [float(each.probability[0]) for _, _, each in rows],
            "strongest vote": [float(each.coarse[0].max()) for _, _, each in rows],
            "weakest vote": [float(each.coarse[0].min()) for _, _, each in rows],
            "places": [each.coarse[0].size for _, _, each in rows],
            "scale": [scale(each.fine[0]) for _, _, each in rows],
        }


def scale(values: np.ndarray) -> float:
    """Return what is drawn at full strength: the 99th percentile of absolute values."""
    return float(np.percentile(np.abs(values), _STRONG))


def of(models: Sequence[Model], dataset: Dataset, image: str | Path, classes: Sequence[str]) -> Strip:
    """Ask networks for classes by name, `star` or `shape:star`; without, for the likeliest of the last network's heads.

    Raises ValueError for pictures and classes that there are not, and where places have no votes.
    """
    last = models[-1]
    pictures = {one.name: asked_images.shown(one, dataset, (image,)) for one in models}
    shown = pictures[last.name]
    asked = tuple(_named(models, name) for name in classes) or tuple(_likeliest(last, shown.images[0]))
    return Strip(
        picture=shown.images[0],
        word=shown.words[0],
        classes=asked,
        chosen=bool(classes),
        by=last.name,
        seen=tuple(_seen(one, asked, pictures[one.name].images[0]) for one in models),
    )


def _seen(model: Model, asked: Sequence[Asked], image: np.ndarray) -> Seen:
    there = {place: one for place, one in enumerate(asked) if one.name in model.heads.get(one.head, ())}
    numbers = {place: model.heads[one.head].index(one.name) for place, one in there.items()}
    return Seen(
        network=model.name,
        field_px=votes.field(model).size_px,
        side_px=model.input_size,
        evidence={
            place: evidence(model, head=one.head, numbers=(numbers[place],), image=image)
            for place, one in there.items()
        },
    )


def _likeliest(model: Model, image: np.ndarray) -> list[Asked]:
    best = {head: int(answers(model, image[None], head=head).logits.argmax()) for head in votes.heads_of(model)}
    return [Asked(head, number, model.heads[head][number]) for head, number in best.items()]


def _named(models: Sequence[Model], text: str) -> Asked:
    """Find a class in the first network that has it; raises ValueError with the nearest name."""
    for model in models:
        for head in votes.heads_of(model):
            try:
                unit = model.unit(text if ":" in text else f"{head}:{text}")
            except ValueError:
                continue
            if unit.layer in model.heads:
                return Asked(unit.layer, unit.index, model.label(unit))
    known = [name for model in models for names in model.heads.values() for name in names]
    several = " or ".join(dict.fromkeys(model.name for model in models))
    raise ValueError(f"classes: {several} has no class {text!r}{nearest(text.rpartition(':')[2], known)}")
