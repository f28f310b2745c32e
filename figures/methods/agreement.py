"""How far people who labelled the same crops agree, and how far that is from chance.

Two annotators: Cohen (1960), kappa = (p_o - p_e) / (1 - p_e), p_o the share of crops with the same
label, p_e what it would be if each drew labels as often as they used them. Any number: Fleiss (1971),
kappa = (P - P_e) / (1 - P_e), P the mean over crops of the share of pairs of labels that are the
same, P_e the sum of the squared shares of all labels. Where crops have unequal numbers of labels
each crop counts the same, which is Fleiss' where they are equal.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import astuple, dataclass

import numpy as np

from figures.methods.labels import Labels

NONE = -1


@dataclass(frozen=True)
class Pair:
    """Two annotators: how many crops both labelled, the share labelled alike, and Cohen's kappa."""

    one: str
    other: str
    crops: int
    agreement: float
    kappa: float


@dataclass(frozen=True)
class Agreement:
    """How far annotators agree about crops that have two labels or more.

    confusion (labels, labels): one's label against another's, see `confusion`; by_label (labels,): where one says a
    label, how often another does too. share: of pairs of labels of a crop, how many are the same; fleiss_kappa: that
    beyond chance. nan is what chance leaves open.
    """

    names: tuple[str, ...]
    annotators: tuple[str, ...]
    crops: int
    pairs: tuple[Pair, ...]
    confusion: np.ndarray
    by_label: np.ndarray
    share: float
    fleiss_kappa: float

    def columns(self) -> dict[str, list[object]]:
        """Return what a table lists: every pair, and last all together with Fleiss' kappa."""
        together = Pair("all", "", self.crops, self.share, self.fleiss_kappa)
        rows = zip(*(astuple(pair) for pair in (*self.pairs, together)), strict=True)
        return dict(zip(("annotator", "other", "crops", "agreement", "kappa"), map(list, rows), strict=True))


def of(table: np.ndarray, annotators: Sequence[str], names: Sequence[str]) -> Agreement:
    """Compare the labels (crops, annotators) that `ratings` gives."""
    counts, (share, together) = confusion(table, len(names)), fleiss(table, len(names))
    return Agreement(
        names=tuple(names),
        annotators=tuple(annotators),
        crops=int(((table != NONE).sum(axis=1) > 1).sum()),
        pairs=pairs(table, tuple(annotators), len(names)),
        confusion=counts,
        by_label=by_label(counts),
        share=share,
        fleiss_kappa=together,
    )


def ratings(votes: Labels) -> np.ndarray:
    """Return the label numbers (crops, annotators), -1 where an annotator gave none.

    Raises ValueError where one annotator labelled a crop twice, or no crop has two labels.
    """
    distinct, row = np.unique(votes.place, axis=0, return_inverse=True)
    table = np.full((len(distinct), len(votes.annotators)), NONE)
    for crop, annotator, label in zip(row.ravel(), votes.annotator, votes.label, strict=True):
        if table[crop, annotator] != NONE:
            image, y, x = distinct[crop]
            who = votes.annotators[annotator]
            raise ValueError(f"crop '{image}@{y},{x}' has two labels by {who!r}; expected one of each annotator")
        table[crop, annotator] = label
    if not ((table != NONE).sum(axis=1) > 1).any():
        who = ", ".join(votes.annotators)
        raise ValueError(f"no crop has labels by two of {who}; expected crops that both labelled")
    return table


def shuffled(table: np.ndarray, seed: int = 0) -> np.ndarray:
    """Give each annotator's crops (crops, annotators) that annotator's own labels in another order."""
    random, mixed = np.random.default_rng(seed), table.copy()
    for column in mixed.T:
        given = column != NONE
        column[given] = random.permutation(column[given])
    return mixed


def pairs(table: np.ndarray, annotators: tuple[str, ...], labels: int) -> tuple[Pair, ...]:
    """Compare every two annotators who share a crop."""
    compared = []
    for one, other in itertools.combinations(range(len(annotators)), 2):
        counts = confusion(table[:, [one, other]], labels)
        if counts.sum():
            compared.append(_pair(annotators[one], annotators[other], counts))
    return tuple(compared)


def _pair(one: str, other: str, counts: np.ndarray) -> Pair:
    shares = counts / counts.sum()
    agreement, chance = float(np.trace(shares)), float(shares.sum(axis=1) @ shares.sum(axis=0))
    return Pair(one, other, int(counts.sum()), agreement, kappa(agreement, chance))


def kappa(observed: float, chance: float) -> float:
    """Return the share of the possible agreement beyond chance; nan where chance leaves none."""
    return (observed - chance) / (1 - chance) if chance < 1 else math.nan


def fleiss(table: np.ndarray, labels: int) -> tuple[float, float]:
    """Return the mean agreement of pairs of labels of a crop, and Fleiss' kappa, over crops with two or more."""
    counts = np.stack([(table == label).sum(axis=1) for label in range(labels)], axis=1).astype(float)
    counts = counts[counts.sum(axis=1) > 1]
    number = counts.sum(axis=1)
    agreement = float(((counts * (counts - 1)).sum(axis=1) / (number * (number - 1))).mean())
    shares = (counts / number[:, None]).mean(axis=0)
    return agreement, kappa(agreement, float((shares**2).sum()))


def confusion(table: np.ndarray, labels: int) -> np.ndarray:
    """Count (labels, labels): two annotators' labels against each other, rows the first's.

    Of more annotators, all ordered pairs of labels of a crop, each crop weighing the same as in `fleiss`.
    """
    counts = np.zeros((labels, labels))
    for crop in table:
        given = crop[crop != NONE]
        if len(given) > 1:
            ordered = [tuple(given)] if table.shape[1] == 2 else list(itertools.permutations(given, 2))
            for one, other in ordered:
                counts[one, other] += 1 / len(ordered)
    return counts


def by_label(counts: np.ndarray) -> np.ndarray:
    """Return how often, where one annotator says a label, another does too, (labels,); nan for labels never given."""
    given = counts.sum(axis=0) + counts.sum(axis=1)
    return np.divide(2 * np.diag(counts), given, out=np.full(len(counts), np.nan), where=given > 0)
