"""Who has labelled what, and what comes next: each annotator has an order of their own, the same at every start."""

from __future__ import annotations

import functools
import hashlib
import unicodedata
from collections.abc import Sequence

from builder.frozen import frozen
from builder.labelling.answers import Answers

LONGEST_NAME = 60
TAKEN = "rubric"
"""What figures call the labels that are computed from how an image was drawn."""


@frozen
class State:
    """How far an annotator is; `number` is the crop to label now, None at the end.

    A crop's number is its place in the annotator's order, which says nothing of the unit's answer to it.
    """

    annotator: str
    done: int
    total: int
    number: int | None


@frozen
class Session:
    """Labelling some crops with some labels; `seed` decides the orders."""

    crops: tuple[str, ...]
    labels: tuple[str, ...]
    answers: Answers
    seed: int = 0

    def order(self, annotator: str) -> tuple[str, ...]:
        """Return the crops as an annotator sees them; where there are more crops, those before keep their order."""
        return _shuffled(self.crops, annotator, self.seed)

    def state(self, annotator: str) -> State:
        """Say how far an annotator is."""
        order, given = self.order(annotator), self.answers.of(annotator)
        left = [number for number, crop in enumerate(order) if crop not in given]
        return State(annotator, len(order) - len(left), len(order), left[0] if left else None)

    def label(self, annotator: str, number: int, label: str) -> State:
        """Write down what an annotator calls a crop; a crop that has a label of theirs keeps it.

        Raises ValueError for a label or a crop that there is not.
        """
        if label not in self.labels:
            raise ValueError(f"label {label!r}; expected one of {', '.join(self.labels)}")
        self.answers.add(self.crop(annotator, number), label, annotator)
        return self.state(annotator)

    def undo(self, annotator: str) -> State:
        """Take an annotator's last label back, and ask for it anew."""
        crop = self.answers.take_back(annotator, self.crops)
        state, order = self.state(annotator), self.order(annotator)
        return State(annotator, state.done, state.total, order.index(crop)) if crop else state

    def crop(self, annotator: str, number: int) -> str:
        """Return the id of a crop; raises ValueError for one that there is not."""
        if not 0 <= number < len(self.crops):
            raise ValueError(f"crop {number}; expected 0 to {len(self.crops) - 1}")
        return self.order(annotator)[number]


@functools.lru_cache(maxsize=64)
def _shuffled(crops: Sequence[str], annotator: str, seed: int) -> tuple[str, ...]:
    return tuple(sorted(crops, key=lambda crop: hashlib.sha256(f"{seed} {annotator} {crop}".encode()).digest()))


def named(text: str) -> str:
    """Return the name of an annotator; raises ValueError for what is none."""
    name = unicodedata.normalize("NFC", " ".join(text.split()))
    if not name or len(name) > LONGEST_NAME or any(unicodedata.category(sign)[0] == "C" for sign in name):
        raise ValueError(f"annotator {text!r}; expected a name of 1 to {LONGEST_NAME} characters")
    if name == TAKEN:
        raise ValueError(f"annotator {text!r}; expected another name, as figures call computed labels so")
    return name
