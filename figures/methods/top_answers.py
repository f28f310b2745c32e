"""What a network answers to pictures: its classes by probability."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch

from figures.measurement import measurement
from figures.methods.activations import logits
from figures.methods.asked_images import Shown
from figures.methods.models import Model


@dataclass(frozen=True)
class TopAnswers:
    """The likeliest classes of each picture, (pictures, count), the likeliest first, by number and probability.

    `truths` are the classes, by number, that would be right of each picture; empty where that is not known.
    """

    network: str
    head: str
    classes: tuple[str, ...]
    shown: Shown
    index: np.ndarray
    logit: np.ndarray
    probability: np.ndarray
    truths: tuple[tuple[int, ...], ...]

    @property
    def names(self) -> list[list[str]]:
        """The names of the likeliest classes of each picture."""
        return [[self.classes[number] for number in row] for row in self.index.tolist()]

    @functools.cached_property
    def right(self) -> np.ndarray:
        """Whether each answer (pictures, count) is right; false where no truth is known."""
        pairs = zip(self.index, self.truths, strict=True)
        return np.array([np.isin(row, truth) for row, truth in pairs]).reshape(self.index.shape)

    def columns(self) -> dict[str, Sequence[object]]:
        """Return what a table lists of each answer."""
        pictures, count = self.index.shape
        told = [bool(truth) for truth in self.truths]
        return {
            **self.shown.column(count),
            "rank": [*range(1, count + 1)] * pictures,
            "class": [name for row in self.names for name in row],
            "probability": self.probability.ravel().tolist(),
            "logit": self.logit.ravel().tolist(),
            "right": [
                ("yes" if one else "no") if known else None
                for row, known in zip(self.right.tolist(), told, strict=True)
                for one in row
            ],
        }


@dataclass(frozen=True)
class Answers:
    """What a head answers to pictures: its logits (pictures, classes)."""

    logits: np.ndarray


@measurement
def answers(model: Model, images: np.ndarray, *, head: str) -> Answers:
    """Show a network pictures (n, channel, size, size) in [0, 1]."""
    return Answers(logits(model, images, head).numpy())


def of(model: Model, shown: Shown, head: str, count: int, truths: Sequence[str]) -> TopAnswers:
    """Ask a network what it sees; `truths` are the right answers, one for each picture or one for all.

    Several that would be right have bars between: `tabby | tiger cat`. Raises ValueError for a head or a
    class that there is not.
    """
    head = model.head(head)
    answered = torch.from_numpy(answers(model, shown.images, head=head).logits).double()
    shares = answered.softmax(dim=1)
    index = shares.argsort(dim=1, descending=True, stable=True)[:, :count]
    return TopAnswers(
        network=model.name,
        head=head,
        classes=model.heads[head],
        shown=shown,
        index=index.numpy(),
        logit=answered.gather(1, index).numpy(),
        probability=shares.gather(1, index).numpy(),
        truths=_truths(model, head, len(shown.names), truths),
    )


def _truths(model: Model, head: str, pictures: int, given: Sequence[str]) -> tuple[tuple[int, ...], ...]:
    if len(given) not in (0, 1, pictures):
        raise ValueError(f"truth: {len(given)} given for {pictures} pictures; expected one each, or one for all")
    several = list(given) * pictures if len(given) == 1 else list(given) or [""] * pictures
    return tuple(
        tuple(model.unit(f"{head}:{name.strip()}").index for name in one.split("|") if name.strip()) for one in several
    )
