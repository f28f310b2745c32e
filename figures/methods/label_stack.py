"""Labels of crops against a unit's activation: how many are which, and what the unit's output is made of.

The three views follow Cammarata et al. (2020, "Curve Detectors", section "The activation
spectrum"). Bins are closed on the left:

    density(x)          share of all positions that fall into the bin, by its width
    proportion_g(x)     share of label g among the positions of the bin
    probability_g(x)    proportion_g(x) * density(x)
    expected value_g(x) what the bin's positions with label g add to the mean output, by its width

A crop stands for positions of its own fine bin of the scan, and counts with its own activation:
neither shares of the output nor its whole depend on how wide the bins are that are drawn. Since
few crops are drawn from many positions, their activations are multiplied by one number, such
that together they make the mean that the scan knows from all positions (a ratio estimate:
Cochran, 1977, "Sampling Techniques", chapter 6).

A table of bins alone, as it was published, says less: there a bin stands at its *left edge* x,
and expected value_g(x) = x * probability_g(x) for x > 0, else 0, which is what the published
numbers obey. We leave it unscaled where the original divides it by its total.

A bin without a labelled crop has no proportions: it holds zeros in all views, and `Stack.held`
says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from figures.methods.binned_labels import BinnedLabels
from figures.methods.labelled_crops import LabelledCrops
from figures.methods.rates import wilson_ends
from figures.methods.scan import UnitScan

NEAR = 2
"""A fine bin without a labelled crop counts with the nearest that has one, at most so many bins away."""
LEVEL, LEAST = 0.5, 8
"""Where labels are the majority, and how many crops a bin must have to be asked."""
TITLES = {
    "proportion": "share of labels",
    "probability": "density × share of labels",
    "expected-value": "activation × density × share",
}
"""What is shown of a stack, and what it is called."""


@dataclass(frozen=True)
class Stack:
    """Labels against activation; arrays are (labels, bins) or (bins,).

    crops: how many labelled crops a bin has, nan where nobody knows. weight: how many that count alike would say as
    much (Kish, 1965), nan likewise. share (labels,): of the mean output, zeros where the labelled crops have none;
    covariance (labels, labels): of those shares, over crops that might have been drawn, nan where nobody knows.
    """

    names: tuple[str, ...]
    edges: np.ndarray
    crops: np.ndarray
    weight: np.ndarray
    proportion: np.ndarray
    density: np.ndarray
    expected_value: np.ndarray
    share: np.ndarray
    covariance: np.ndarray

    @property
    def bin_left(self) -> np.ndarray:
        """The left edges of the bins."""
        return self.edges[:-1]

    @property
    def widths(self) -> np.ndarray:
        """How wide the bins are."""
        return np.diff(self.edges)

    @property
    def held(self) -> np.ndarray:
        """Which bins have a labelled crop, (bins,)."""
        return self.proportion.sum(axis=0) > 0

    @property
    def probability(self) -> np.ndarray:
        """The density of each label."""
        return self.proportion * self.density

    def share_of(self, *names: str) -> float:
        """Return the share of the mean output that crops with one of some labels make up."""
        return float(self.share[self._rows(names)].sum())

    def share_error(self, *names: str) -> float:
        """Return the standard error of that share."""
        rows = self._rows(names)
        return float(np.sqrt(np.maximum(self.covariance[np.ix_(rows, rows)].sum(), 0)))

    @property
    def area(self) -> float:
        """The mean output that labelled crops account for, over all positions."""
        return float((self.expected_value * self.widths).sum())

    @property
    def share_firing(self) -> float:
        """The share of positions whose bin begins at 0 or above: P(x >= 0)."""
        return float((self.density * self.widths)[self.bin_left >= 0].sum())

    @property
    def unlabelled_share(self) -> float:
        """The share of positions whose bin holds no labelled crop."""
        return float((self.density * self.widths)[~self.held].sum())

    def view(self, show: str) -> np.ndarray:
        """Return `proportion`, `probability` or `expected-value`, (labels, bins)."""
        return getattr(self, show.replace("-", "_"))

    def title(self, show: str) -> str:
        """Return what that is called."""
        return TITLES[show]

    def columns(self, show: str) -> dict[str, np.ndarray]:
        """Return what a table lists: a row for each bin; nan in bins without a labelled crop."""
        shown = np.where(self.held, self.view(show), np.nan)
        return {
            "bin_left": self.bin_left,
            **dict(zip(self.names, shown, strict=True)),
            "density": self.density,
            "crops": self.crops,
        }

    @property
    def counted(self) -> bool:
        """Whether it is known how many crops there are, and so how sure shares are."""
        return not np.isnan(self.weight).all()

    def crossing(self, *names: str, least: int = LEAST) -> float | None:
        """Return the left edge of the first bin from which `names` together stay above half.

        Bins with fewer than `least` labelled crops are passed over; None where the last of
        the others is not above.
        """
        return self._first_above(self._together(names), least)

    def crossing_interval(self, *names: str, least: int = LEAST) -> tuple[float | None, float | None]:
        """Return the same where all shares lie at the upper, and at the lower end of what they may be.

        The ends are those of 95 % intervals after Wilson (1927) for as many crops as `weight` says.
        """
        lower, upper = wilson_ends(self._together(names), self.weight)
        return self._first_above(upper, least), self._first_above(lower, least)

    def _together(self, names: Sequence[str]) -> np.ndarray:
        return self.proportion[self._rows(names)].sum(axis=0)

    def _rows(self, names: Sequence[str]) -> list[int]:
        return [self.names.index(name) for name in names]

    def _first_above(self, share: np.ndarray, least: int) -> float | None:
        asked = np.flatnonzero(self.held & ~(self.crops < least))
        above = share[asked] > LEVEL
        if not len(above) or not above[-1]:
            return None
        below = np.flatnonzero(~above)
        return float(self.bin_left[asked[below[-1] + 1 if len(below) else 0]])


def of_crops(crops: LabelledCrops, seen: UnitScan, bins: int) -> Stack:
    """Set labelled crops against the activations that a scan saw, in at most about `bins` bins."""
    edges, histogram = coarser(seen.edges, seen.histogram, bins)
    fine, at, width = bin_of(crops.activation, seen.edges), bin_of(crops.activation, edges), np.diff(edges)
    counted_with = nearest_labelled(fine, seen)
    positions = standing_for(fine, counted_with, seen)
    labelled = tally(at, crops.share * positions[:, None], len(histogram))
    output = positions * np.maximum(crops.activation, 0)
    known = output / seen.positions * _ratio(accounted_for(counted_with, seen), output.sum() / seen.positions)
    return Stack(
        names=crops.names,
        edges=edges,
        crops=np.bincount(at, minlength=len(histogram)),
        weight=_ratio(labelled.sum(axis=0) ** 2, np.bincount(at, positions**2, len(histogram))),
        proportion=_ratio(labelled, labelled.sum(axis=0)),
        density=histogram / seen.positions / width,
        expected_value=tally(at, crops.share * known[:, None], len(histogram)) / width,
        share=_ratio(output @ crops.share, output.sum()),
        covariance=share_covariance(output, crops.share, fine),
    )


def of_bins(table: BinnedLabels) -> Stack:
    """Read a published table, in which a bin stands at its left edge; of its crops no more is known than it says."""
    unknown = np.full(len(table.density), np.nan)
    left = np.maximum(table.edges[:-1], 0)
    value = left * table.proportion * table.density
    return Stack(
        names=table.names,
        edges=table.edges,
        crops=table.crops,
        weight=unknown,
        proportion=table.proportion,
        density=table.density,
        expected_value=value,
        share=_ratio(value.sum(axis=1), value.sum()),
        covariance=np.full((len(table.names), len(table.names)), np.nan),
    )


def nearest_labelled(fine: np.ndarray, seen: UnitScan) -> np.ndarray:
    """Return the labelled fine bin that each counts with, (bins,), of crops in `fine` (n,); -1 where none is near.

    Bins where the unit fires count with no bin where it is silent, nor the other way.
    """
    index, labelled, fires = np.arange(len(seen.histogram)), np.unique(fine), seen.edges[:-1] >= 0
    away = np.abs(index[:, None] - labelled) + len(index) * (fires[:, None] != fires[labelled])
    return np.where(away.min(axis=1) <= NEAR, labelled[away.argmin(axis=1)], -1)


def standing_for(fine: np.ndarray, counted_with: np.ndarray, seen: UnitScan) -> np.ndarray:
    """Return how many positions of a scan each crop stands for, (n,): those of a fine bin share its positions."""
    near = counted_with >= 0
    positions = np.bincount(counted_with[near], seen.histogram[near], len(near))
    return (positions / np.maximum(np.bincount(fine, minlength=len(near)), 1))[fine]


def accounted_for(counted_with: np.ndarray, seen: UnitScan) -> float:
    """Return the mean output, of all positions, that comes from those for which a crop stands.

    All that the scan saw, less what lies in bins with no crop near, which count at their middles.
    """
    middle = np.maximum((seen.edges[:-1] + seen.edges[1:]) / 2, 0)
    lost = float((seen.histogram * middle)[counted_with < 0].sum()) / seen.positions
    return max(seen.rectified_mean - lost, 0.0)


def share_covariance(output: np.ndarray, share: np.ndarray, stratum: np.ndarray) -> np.ndarray:
    """Return how shares of the output (n,) vary together, (labels, labels), had other crops been drawn of each stratum.

    By linearization of the ratio (Cochran, 1977, section 6.11); a stratum with one crop counts with the next.
    nan of fewer than two crops.
    """
    if len(output) < 2:
        return np.full((share.shape[1], share.shape[1]), np.nan)
    group = _collapsed(stratum)
    rest = output[:, None] * (share - _ratio(output @ share, output.sum()))
    number = np.bincount(group)
    away = rest - (tally(group, rest, len(number)) / number).T[group]
    factor = (number / (number - 1))[group]
    return _ratio((away * factor[:, None]).T @ away, output.sum() ** 2)


def _collapsed(stratum: np.ndarray) -> np.ndarray:
    """Number strata (n,) anew, joined with the next where they hold one crop, the last with the one before."""
    _, row, counts = np.unique(stratum, return_inverse=True, return_counts=True)
    group, held, numbers = 0, 0, []
    for count in counts:
        numbers.append(group)
        held += count
        group, held = (group + 1, 0) if held > 1 else (group, held)
    return np.minimum(numbers, max(group - 1, 0))[row]


def bin_of(values: np.ndarray, edges: np.ndarray) -> np.ndarray:
    """Return the bin of each value; bins are closed on the left, and the outer ones hold what lies outside."""
    return np.clip(np.searchsorted(edges, values, side="right") - 1, 0, len(edges) - 2)


def tally(at: np.ndarray, amounts: np.ndarray, bins: int) -> np.ndarray:
    """Sum amounts (n, labels) by bin, (labels, bins)."""
    return np.stack([np.bincount(at, column, bins) for column in amounts.T])


def coarser(edges: np.ndarray, histogram: np.ndarray, bins: int) -> tuple[np.ndarray, np.ndarray]:
    """Join equal bins, a fixed number at a time, into at most `bins` (or one more) that hold something.

    Zero stays an edge where it is one, or would be if the bins went on.
    """
    width, held = edges[1] - edges[0], np.flatnonzero(histogram)
    step = -(-(held[-1] - held[0] + 1) // bins)
    zero = round(-edges[0] / width)
    first, last = ((held[0] - zero) // step, (held[-1] - zero) // step)
    joined = np.zeros(last - first + 1, dtype=np.int64)
    np.add.at(joined, (held - zero) // step - first, histogram[held])
    return np.arange(first, last + 2) * step * width, joined


def _ratio(part: np.ndarray | float, whole: np.ndarray | float) -> np.ndarray:
    """Divide, and give zero where there is nothing to divide by."""
    part, whole = np.broadcast_arrays(np.asarray(part, float), np.asarray(whole, float))
    return np.divide(part, whole, out=np.zeros(part.shape), where=whole > 0)
