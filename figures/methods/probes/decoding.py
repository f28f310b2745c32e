"""How well classes can be read from features by a linear classifier, on exemplars it has not seen."""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np

STRENGTHS = (3.0, 30.0, 300.0)
"""The inverse penalties that are tried, for features of which a row has length 1 on average."""
LEAST = 3
"""How many exemplars a class needs, and how many folds there are at least."""
_TOLERANCE, _STEPS = 1e-3, 100


@dataclass(frozen=True)
class Decoded:
    """Accuracy on the held-out exemplars of each fold, (folds,), and the inverse penalty that was chosen there."""

    accuracy: np.ndarray
    strength: np.ndarray


def folds_of(classes: np.ndarray, groups: np.ndarray, most: int, seed: int) -> np.ndarray:
    """Share out groups, each within one class or in all, to folds, (n,): no group is in two, every class in all.

    Where a class has fewer groups than `most` there are as many folds as it has.
    Raises ValueError where a class has fewer than three groups.
    """
    random, fold = np.random.default_rng(seed), np.zeros(len(classes), int)
    own = {number: np.unique(groups[classes == number]) for number in np.unique(classes).tolist()}
    number, fewest = min(own.items(), key=lambda item: len(item[1]))
    if len(fewest) < LEAST:
        what = f"class {number} has {len(fewest)} exemplar{'s' if len(fewest) > 1 else ''}"
        raise ValueError(f"{what}; expected at least {LEAST}: to fit on, to choose the penalty by, and to hold out")
    for members in dict.fromkeys(tuple(groups.tolist()) for groups in own.values()):
        for place, group in enumerate(random.permutation(members).tolist()):
            fold[groups == group] = place % min(most, len(fewest))
    return fold


def decoded(rows: np.ndarray, classes: np.ndarray, fold: np.ndarray) -> Decoded:
    """Fit a multinomial logistic regression without each fold in turn, and try it there.

    rows (n, numbers) are standardised by what is fitted on. The penalty is chosen by what it gives on the fold that
    comes after, when fitted without either.
    """
    from threadpoolctl import threadpool_limits

    count = int(fold.max()) + 1
    with threadpool_limits(1), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a fit that has not ended is tried as it stands
        results = [_held_out(rows, classes, fold, out, (out + 1) % count) for out in range(count)]
    accuracy, strength = zip(*results, strict=True)
    return Decoded(np.array(accuracy), np.array(strength))


def _held_out(rows: np.ndarray, classes: np.ndarray, fold: np.ndarray, out: int, inner: int) -> tuple[float, float]:
    within = fold != out
    known = turned(rows, within)
    first, second = within & (fold != inner), fold == inner
    tried = [_accuracy(known, classes, first, second, strength) for strength in STRENGTHS]
    best = STRENGTHS[int(np.argmax(tried))]
    return _accuracy(known, classes, within, fold == out, best), best


def _accuracy(rows: np.ndarray, classes: np.ndarray, fit: np.ndarray, on: np.ndarray, strength: float) -> float:
    from sklearn.linear_model import LogisticRegression

    classifier = LogisticRegression(C=strength, tol=_TOLERANCE, max_iter=_STEPS)
    return float(classifier.fit(rows[fit], classes[fit]).score(rows[on], classes[on]))


def turned(rows: np.ndarray, within: np.ndarray) -> np.ndarray:
    """Standardise rows (n, numbers) by those within, and turn them so that the rows within need fewest numbers.

    A penalty on the length of weights does not see the turn, so that nothing is lost for what is fitted on them.
    Numbers that are the same for all rows within become 0.
    """
    inside = rows[within].astype(np.float64)
    spread = inside.std(axis=0)
    scale = np.where(spread > 1e-6 * max(spread.max(), 1e-12), spread, np.inf) * np.sqrt(rows.shape[1])
    scaled = (rows - inside.mean(axis=0)) / scale
    if scaled.shape[1] <= within.sum():
        return scaled.astype(np.float32)
    likeness = scaled @ scaled[within].T
    square, axes = np.linalg.eigh(likeness[within])
    kept = square > 1e-9 * square[-1]
    return (likeness @ (axes[:, kept] / np.sqrt(square[kept]))).astype(np.float32)
