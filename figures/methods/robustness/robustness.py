"""How soon the answers of networks change as pictures become harder to read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from figures.glyphs.dataset import LINKED, STANDARD
from figures.methods.datasets import Dataset, Glyphs
from figures.methods.datasets.indices import some
from figures.methods.models import Model
from figures.methods.rates import Rate
from figures.methods.robustness import answered
from figures.methods.robustness.corruptions import CORRUPTIONS, corrupted

Score = Literal["accuracy", "consistency"]
Cues = Literal["agree", "apart"]


def with_cues(dataset: Dataset, cues: Cues) -> Dataset:
    """Let the texture of glyphs go with their shape, so that either tells the class; other data sets stay as they are.

    Those are the images that `glyphs-texture` learned from last: filled, close, with their outline in the image.
    """
    if not isinstance(dataset, Glyphs):
        return dataset
    return replace(dataset, variant=LINKED if cues == "agree" else STANDARD)


def has_cues(dataset: Dataset) -> bool:
    """Tell whether the images of a data set have a shape and a texture to go by."""
    return isinstance(dataset, Glyphs)


@dataclass(frozen=True)
class Curve:
    """How a network does with one corruption, at its strengths from harmless to strong."""

    network: str
    corruption: str
    strengths: tuple[float, ...]
    shares: tuple[Rate, ...]

    def halved(self, chance: float) -> float | None:
        """Return the first strength at which half of what lies above chance is lost; None where that never happens.

        Between strengths that were tried, the share is taken to fall evenly.
        """
        shares = [one.share for one in self.shares]
        half = chance + (shares[0] - chance) / 2
        for i, share in enumerate(shares[1:], start=1):
            if share <= half < shares[i - 1]:
                part = (shares[i - 1] - half) / (shares[i - 1] - share)
                return self.strengths[i - 1] + part * (self.strengths[i] - self.strengths[i - 1])
        return None


@dataclass(frozen=True)
class Robustness:
    """Curves of networks and corruptions; `chances` are the shares of right answers that guessing gives, by network.

    `score` is accuracy, or consistency where a network's own answer to the picture as it is counts as right.
    """

    dataset: str
    heads: Mapping[str, str]
    score: Score
    images: int
    seed: int
    curves: tuple[Curve, ...]
    chances: Mapping[str, float]

    @property
    def networks(self) -> tuple[str, ...]:
        return tuple(self.heads)

    @property
    def corruptions(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(curve.corruption for curve in self.curves))

    def columns(self) -> dict[str, Sequence[object]]:
        """Return what a table lists of every network, corruption and strength."""
        rows = list(self._rows())
        return {name: [row[name] for row in rows] for name in rows[0]}

    def _rows(self) -> Iterator[dict[str, object]]:
        for curve in self.curves:
            for strength, share in zip(curve.strengths, curve.shares, strict=True):
                yield {
                    "network": curve.network,
                    "corruption": curve.corruption,
                    "strength": strength,
                    "unit": CORRUPTIONS[curve.corruption].unit,
                    self.score: share.share,
                    "low": share.ends[0],
                    "high": share.ends[1],
                    "images": share.trials,
                }


def of(
    models: Sequence[Model], dataset: Dataset, strengths: Mapping[str, Sequence[float]], *, head: str = "",
    images: int, score: Score | None = None, seed: int = 0,
) -> Robustness:  # fmt: skip
    """Show networks the same images of a data set, corrupted in each way with each of its strengths.

    Without a `score` it is accuracy where every network has a class for every label, else consistency. Raises
    ValueError for a head that there is not, and for accuracy where nothing is known to be right.
    """
    several = {model.name: model for model in models}
    chosen = some(len(dataset), images, seed)
    heads = {name: model.head(head) for name, model in several.items()}
    right = {name: answered.truths(model, dataset, chosen, heads[name]) for name, model in several.items()}
    by = score or ("consistency" if any(one is None for one in right.values()) else "accuracy")
    if by == "accuracy":
        _check_truths(right, heads, dataset)
    curves = [
        _curve(model, dataset, chosen, heads[name], right[name] if by == "accuracy" else None, kind, steps, seed)
        for kind, steps in strengths.items()
        for name, model in several.items()
    ]
    chances = {name: 1 / len(model.heads[heads[name]]) for name, model in several.items()}
    return Robustness(dataset.name, heads, by, len(chosen), seed, tuple(curves), chances)


def _check_truths(right: Mapping[str, np.ndarray | None], heads: Mapping[str, str], dataset: Dataset) -> None:
    for name in (name for name, one in right.items() if one is None):
        raise ValueError(
            f"score: the labels of {dataset.name} are no classes of the head {heads[name]!r} of {name}, so that no "
            "answer is known to be right; expected consistency"
        )


def _curve(
    model: Model, dataset: Dataset, images: np.ndarray, head: str, right: np.ndarray | None, kind: str,
    steps: Sequence[float], seed: int,
) -> Curve:  # fmt: skip
    harmless = CORRUPTIONS[kind].harmless
    tried = tuple(sorted({float(step) for step in steps} - {harmless}, reverse=harmless > 0))
    plain = answered.as_they_are(model, dataset, images, head)
    harder = answered.answers(
        model, dataset, images=images, head=head, corruption=kind, strengths=tried, seed=seed
    ).number
    expected = plain if right is None else right
    shares = tuple(answered.agreeing(one, expected) for one in (plain, *harder))
    return Curve(model.name, kind, (harmless, *tried), shares)


def shown(model: Model, dataset: Dataset, seen: Robustness, image: int = 0) -> dict[str, np.ndarray]:
    """Return one image with each corruption, (strengths, channel, side, side) by corruption, as a network gets it."""
    number = int(some(len(dataset), seen.images, seen.seed)[image])
    plain = dataset.sized(model.input_size, model.channels).images([number])
    steps = {curve.corruption: curve.strengths for curve in seen.curves}
    return {
        kind: np.concatenate([corrupted(plain, kind, s, indices=[number], seed=seen.seed).numpy() for s in strengths])
        for kind, strengths in steps.items()
    }
