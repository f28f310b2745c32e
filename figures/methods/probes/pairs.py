"""Pairs of pictures that share one cue, and what a unit that codes only the other one would score on them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from figures.methods.probes.stimuli import CUES, Labels

INDEPENDENT, DIFFERENT = "independent", "forced-different"


@dataclass(frozen=True)
class Pairs:
    """The numbers of pictures in pairs that share a cue, (pairs,) each."""

    first: np.ndarray
    second: np.ndarray

    def __len__(self) -> int:
        return len(self.first)


def other_than(cue: str) -> str:
    """Return the other of the two cues."""
    return CUES[1 - CUES.index(cue)]


def pairs_of(known: Labels, cue: str, *, most: int, other: str, seed: int) -> Pairs:
    """Draw at most so many pairs of pictures that share an exemplar of a cue.

    The classes of the other cue are as they come (`independent`), or differ in every pair (`forced-different`).
    Raises ValueError where there is no such pair.
    """
    groups, classes = known.groups(cue), known.classes(other_than(cue))
    first, second = np.nonzero(np.triu(groups[:, None] == groups, k=1))
    if other == DIFFERENT:
        apart = classes[first] != classes[second]
        first, second = first[apart], second[apart]
    if not len(first):
        raise ValueError(f"no two pictures have the same {cue}; expected each in several of the other cue's exemplars")
    chosen = np.sort(np.random.default_rng((seed, CUES.index(cue))).permutation(len(first))[:most])
    return Pairs(first[chosen], second[chosen])


def agreement(values: np.ndarray, pairs: Pairs) -> np.ndarray:
    """Return how far each unit, values (n, units), varies together in pairs: the covariance, (units,).

    Means are over both members of all pairs.
    """
    first, second = values[pairs.first], values[pairs.second]
    mean = (first.mean(axis=0) + second.mean(axis=0)) / 2
    together: np.ndarray = ((first - mean) * (second - mean)).mean(axis=0)
    return together


def baseline(known: Labels, cue: str, pairs: Pairs) -> float:
    """Return what units would score that answer only to the classes of the other cue, one to each.

    Nothing where classes come as they do; -1 / (classes - 1) where they differ in every pair.
    """
    classes = known.classes(other_than(cue))
    answers = (classes[:, None] == np.unique(classes)).astype(float)
    return float(agreement(answers, pairs).sum() / answers.var(axis=0).sum())
