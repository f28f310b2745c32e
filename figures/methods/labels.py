"""What people, or a rubric, call the crops that a unit sees, against its activation.

The three views of a stackplot follow Cammarata et al. (2020, "Curve Detectors",
section "The activation spectrum"), with the conventions that their published numbers
obey. Bins are closed on the left, and a bin stands at its *left edge* x:

    density(x)          share of all positions that fall into the bin, by its width
    proportion_g(x)     share of label g among the labelled crops of the bin
    probability_g(x)    proportion_g(x) * density(x)
    expected value_g(x) x * probability_g(x) for x > 0, else 0

A bin without a labelled crop has no proportions: it holds zeros in all three, and
`Stack.crops` says so. We leave the expected value unscaled where the original divides
it by its total, so that its area is the part of the mean rectified activation that
the labelled bins account for; `Stack.scale` is the factor that makes its sum one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from figures.measurement import measurement
from figures.methods.activations import activations
from figures.nearest import nearest
from figures.rows import RowsError, rows

NAMES = ("curve", "imperfect", "unrelated", "opposing")
COLUMNS = ("image", "label", "annotator")
ANY = 1 << 31
"""More images, rows or columns than any file names: for readers who need not find the crops."""

_CROP = re.compile(r"(\d+)@(\d+),(\d+)")


class LabelsError(RowsError):
    """A labels file that cannot be read; `line` is the first line at fault."""


@dataclass(frozen=True)
class Labels:
    """Labelled crops: arrays (n,) of image index, row, column, label number, weight and annotator number."""

    names: tuple[str, ...]
    image: np.ndarray
    y: np.ndarray
    x: np.ndarray
    label: np.ndarray
    weight: np.ndarray
    annotator: np.ndarray
    annotators: tuple[str, ...]


def read(
    text: str,
    *,
    names: Sequence[str] = NAMES,
    images: int,
    positions: tuple[int, int],
    file: str = "labels.csv",
) -> Labels:
    """Read a labels file, a CSV with the columns `image,label,annotator`.

    `image` is a crop id, INDEX@y,x in quotes: the image's index in the data set (below
    `images`), then row and column of the position in the layer's map (height, width =
    `positions`), counted from 0. A crop weighs one however many annotators labelled it.
    Raises LabelsError with every faulty line.
    """
    found, problems = [], []
    for row in rows(text, COLUMNS, file=file, error=LabelsError):
        try:
            crop = _crop(row["image"], images, positions)
            found.append((*crop, _label(row["label"], names), row["annotator"]))
        except ValueError as error:
            problems.append((row.line, str(error)))
    if not found and not problems:
        problems.append((1, "no labelled crop below the header"))
    if problems:
        raise LabelsError(file, problems)
    return _labels(found, tuple(names))


def joined(found: Labels, who: str, places: np.ndarray, label: np.ndarray) -> Labels:
    """Add the labels (n,) that one more annotator gives to places (n, 3). Raises ValueError where the name is taken."""
    if who in found.annotators:
        raise ValueError(f"an annotator is called {who!r}; expected another name, since this one is added")
    people = (found.annotators[one] for one in found.annotator)
    rows = zip(found.image, found.y, found.x, found.label, people, strict=True)
    more = [(*place, one, who) for place, one in zip(places.tolist(), label.tolist(), strict=True)]
    return _labels([*rows, *more], found.names)


def _labels(found: list[tuple[int, int, int, int, str]], names: tuple[str, ...]) -> Labels:
    votes = Counter(row[:3] for row in found)
    image, y, x, label = np.array([row[:4] for row in found], dtype=np.int64).T
    weight = np.array([1 / votes[row[:3]] for row in found])
    people = sorted({row[4] for row in found})
    return Labels(names, image, y, x, label, weight, np.array([people.index(row[4]) for row in found]), tuple(people))


def _crop(text: str, images: int, positions: tuple[int, int]) -> tuple[int, int, int]:
    match = _CROP.fullmatch(text)
    if match is None:
        raise ValueError(f"crop id {text!r} is not of the form INDEX@y,x, for example '1203@4,7'")
    image, y, x = map(int, match.groups())
    if image >= images:
        raise ValueError(f"crop {text!r}: the data set has images 0 to {images - 1}")
    if y >= positions[0] or x >= positions[1]:
        raise ValueError(f"crop {text!r}: the layer has rows 0 to {positions[0] - 1}, columns 0 to {positions[1] - 1}")
    return image, y, x


def _label(text: str, names: Sequence[str]) -> int:
    if text not in names:
        raise ValueError(f"unknown label {text!r}, expected one of {', '.join(names)}{nearest(text, names)}")
    return list(names).index(text)


@measurement
def crop_activations(model, dataset, layer: str, index: int, image: np.ndarray, y: np.ndarray, x: np.ndarray):
    """Run the images of labelled crops and return the unit's pre-activation at each, (n,)."""
    distinct, place = np.unique(image, return_inverse=True)
    maps = activations(model, dataset.images(distinct), layer, pre=True)[:, index].cpu().numpy()
    return {"activation": maps[place, y, x]}


@dataclass(frozen=True)
class Stack:
    """Labels against activation; arrays are (labels, bins) or (bins,), `crops` how many are labelled."""

    names: tuple[str, ...]
    edges: np.ndarray
    crops: np.ndarray
    proportion: np.ndarray
    density: np.ndarray

    @property
    def bin_left(self) -> np.ndarray:
        return self.edges[:-1]

    @property
    def probability(self) -> np.ndarray:
        return self.proportion * self.density

    @property
    def expected_value(self) -> np.ndarray:
        return np.where(self.bin_left > 0, self.bin_left, 0.0) * self.probability

    @property
    def scale(self) -> float:
        """The factor that makes the expected values of all labels and bins sum to one."""
        total = float(self.expected_value.sum())
        return 1 / total if total > 0 else 0.0

    @property
    def shares(self) -> dict[str, float]:
        """Each label's share of the expected value; zeros where no labelled bin lies above 0."""
        sums = self.expected_value.sum(axis=1) * self.scale
        return dict(zip(self.names, map(float, sums), strict=True))

    @property
    def share_errors(self) -> dict[str, float]:
        """The standard error of each share, from the number of crops in each bin above 0.

        Proportions of a bin are taken as binomial, and the density as known.
        """
        weight = np.where(self.bin_left > 0, self.bin_left, 0.0) * self.density * self.scale
        binomial = self.proportion * (1 - self.proportion) / np.maximum(self.crops, 1)
        return dict(zip(self.names, map(float, np.sqrt((weight**2 * binomial).sum(axis=1))), strict=True))

    @property
    def unlabelled_share(self) -> float:
        """The share of positions whose bin holds no labelled crop."""
        widths = np.diff(self.edges)
        return float((self.density * widths)[self.crops == 0].sum())

    def view(self, show: str) -> np.ndarray:
        """Return `proportion`, `probability` or `expected-value`, (labels, bins)."""
        return getattr(self, show.replace("-", "_"))

    def crossing(self, *names: str, level: float = 0.5, least: int = 8) -> float | None:
        """Return the left edge of the first bin from which `names` together stay above `level`.

        Bins with fewer than `least` labelled crops are passed over; None where the last of
        the others is not above.
        """
        rows = [self.names.index(name) for name in names]
        held = np.flatnonzero(self.crops >= least)
        above = self.proportion[rows].sum(axis=0)[held] > level
        if not len(above) or not above[-1]:
            return None
        below = np.flatnonzero(~above)
        first = below[-1] + 1 if len(below) else 0
        return float(self.bin_left[held[first]])


def tally(values: np.ndarray, label: np.ndarray, edges: np.ndarray, names: int, weight: np.ndarray | None = None):
    """Weigh the labelled crops of each bin, (labels, bins); bins are closed on the left."""
    bins = np.searchsorted(edges, values, side="right") - 1
    inside = (bins >= 0) & (bins < len(edges) - 1)
    weight = np.ones(len(values)) if weight is None else weight
    counts = np.zeros((names, len(edges) - 1))
    np.add.at(counts, (label[inside], bins[inside]), weight[inside])
    return counts


def stack(
    names: Sequence[str], edges: np.ndarray, counts: np.ndarray, histogram: np.ndarray, crops: np.ndarray | None = None
) -> Stack:
    """Set the weights of labelled crops, (labels, bins), against the histogram of a scan, (bins,).

    The histogram holds all positions of the scan. `crops` (bins,) counts labelled crops
    where the weights do not.
    """
    edges, counts = np.asarray(edges, dtype=np.float64), np.asarray(counts, dtype=np.float64)
    weight = counts.sum(axis=0)
    proportion = np.divide(counts, weight, out=np.zeros_like(counts), where=weight > 0)
    density = np.asarray(histogram, dtype=np.float64) / np.sum(histogram) / np.diff(edges)
    return Stack(tuple(names), edges, weight if crops is None else np.asarray(crops), proportion, density)


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
