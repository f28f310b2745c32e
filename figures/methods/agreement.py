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
from dataclasses import dataclass

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


def ratings(found: Labels) -> np.ndarray:
    """Return the label numbers (crops, annotators), -1 where an annotator gave none.

    Raises ValueError where one annotator labelled a crop twice, or no crop has two labels.
    """
    places = np.stack([found.image, found.y, found.x], axis=1)
    distinct, row = np.unique(places, axis=0, return_inverse=True)
    table = np.full((len(distinct), len(found.annotators)), NONE)
    for crop, annotator, label in zip(row.ravel(), found.annotator, found.label, strict=True):
        if table[crop, annotator] != NONE:
            image, y, x = distinct[crop]
            who = found.annotators[annotator]
            raise ValueError(f"crop '{image}@{y},{x}' has two labels by {who!r}; expected one of each annotator")
        table[crop, annotator] = label
    if not ((table != NONE).sum(axis=1) > 1).any():
        who = ", ".join(found.annotators)
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
    found = []
    for one, other in itertools.combinations(range(len(annotators)), 2):
        counts = confusion(table[:, [one, other]], labels)
        if counts.sum():
            shares = counts / counts.sum()
            agreement, chance = float(np.trace(shares)), float(shares.sum(axis=1) @ shares.sum(axis=0))
            names, crops = (annotators[one], annotators[other]), int(counts.sum())
            found.append(Pair(*names, crops, agreement, kappa(agreement, chance)))
    return tuple(found)


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
