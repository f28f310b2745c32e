"""Error consistency: do two observers get the same images right, beyond what their accuracies alone would bring about?

After Geirhos, Meding and Wichmann (2020, "Beyond accuracy: quantifying trial-by-trial behaviour of CNNs and humans by
measuring error consistency", section 2): Cohen's kappa of right and wrong, (observed − expected) / (1 − expected), with
the agreement expected of independent observers, p₁p₂ + (1 − p₁)(1 − p₂). Answers are matched by stimulus, whatever the
order of the rows.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from figures.methods.cue_conflict import Trials

DRAWS = 2000


@dataclass(frozen=True)
class Agreement:
    """How two observers agree in `n` images that both answered.

    `accuracies` are the shares that each got right, `observed` and `expected` the shares of images that both got right
    or both wrong. `kappa` is None where both always are right or always wrong, or where no image is common;
    `ci95` is a bootstrap over images.
    """

    first: str
    second: str
    n: int
    accuracies: tuple[float, float] | None
    observed: float | None
    expected: float | None
    kappa: float | None
    ci95: tuple[float, float] | None


def pairs(trials: Sequence[Trials], *, cue: str = "shape", seed: int = 0) -> tuple[Agreement, ...]:
    """Compare every two observers; an answer is right that names the category of the `cue`.

    Images whose cues agree are left out. Of several answers to one image the first counts. Raises ValueError where
    there are fewer than two observers.
    """
    if len(trials) < 2:
        raise ValueError(f"{len(trials)} observer; expected at least 2, to be compared")
    right = {each.observer: _right(each, cue) for each in trials}
    return tuple(
        agreement(one, other, *_common(right[one], right[other]), seed=seed + number)
        for number, (one, other) in enumerate(itertools.combinations(right, 2))
    )


def _right(trials: Trials, cue: str) -> dict[str, bool]:
    kept = trials.conflicting()
    hits = (kept.response == getattr(kept, cue)).tolist()
    return dict(reversed(list(zip(map(str, kept.stimulus.tolist()), hits, strict=True))))


def _common(one: dict[str, bool], other: dict[str, bool]) -> tuple[np.ndarray, np.ndarray]:
    both = sorted(one.keys() & other.keys())
    return np.array([one[name] for name in both], bool), np.array([other[name] for name in both], bool)


def agreement(first: str, second: str, one: np.ndarray, other: np.ndarray, *, seed: int = 0) -> Agreement:
    """Compare two observers by what each got right (n,), image by image."""
    n = len(one)
    if not n:
        return Agreement(first, second, 0, None, None, None, None, None)
    cells = np.array([(one & other).sum(), (one & ~other).sum(), (~one & other).sum(), (~one & ~other).sum()])
    observed, expected, value = (float(number) for number in kappa(cells))
    accuracies = float(one.mean()), float(other.mean())
    known, ends = (None, None) if np.isnan(value) else (value, _spread(cells, seed))
    return Agreement(first, second, n, accuracies, observed, expected, known, ends)


def kappa(cells: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return observed and expected agreement and kappa of counts (…, 4): both right, one alone, other alone, none.

    Kappa is NaN where the expected agreement is 1.
    """
    shares = cells / cells.sum(axis=-1, keepdims=True)
    one, other = shares[..., 0] + shares[..., 1], shares[..., 0] + shares[..., 2]
    observed, expected = shares[..., 0] + shares[..., 3], one * other + (1 - one) * (1 - other)
    beyond = np.where(expected < 1, 1 - expected, np.nan)
    return observed, expected, (observed - expected) / beyond


def _spread(cells: np.ndarray, seed: int) -> tuple[float, float]:
    """Return the 2.5th and 97.5th percentile over resampled images: only how many fall in each cell matters."""
    random = np.random.Generator(np.random.Philox(seed))
    values = kappa(random.multinomial(int(cells.sum()), cells / cells.sum(), size=DRAWS))[2]
    low, high = np.nanpercentile(values, [2.5, 97.5])
    return float(low), float(high)


def columns(agreements: Sequence[Agreement]) -> dict[str, list[object]]:
    """Return what a table lists of every pair."""
    ends = [one.ci95 or (None, None) for one in agreements]
    each = [one.accuracies or (None, None) for one in agreements]
    named = {name: [getattr(one, name) for one in agreements] for name in ("first", "second", "n")}
    alone = {"accuracy_first": [one for one, _ in each], "accuracy_second": [other for _, other in each]}
    rest = {name: [getattr(one, name) for one in agreements] for name in ("observed", "expected", "kappa")}
    return {**named, **alone, **rest, "ci95_low": [low for low, _ in ends], "ci95_high": [high for _, high in ends]}
