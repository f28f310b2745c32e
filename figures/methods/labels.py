"""What people call the crops that a unit sees: files of labels, one row a crop and annotator."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from figures.nearest import nearest
from figures.rows import RowsError, rows

NAMES = ("curve", "imperfect", "unrelated", "opposing")
COLUMNS = ("image", "label", "annotator")
ANY = 1 << 31
"""More images, rows or columns than any file names: for readers who need not find the crops."""

Place = tuple[int, int, int]
"""Where a crop lies: image, row and column in the layer's map."""

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

    @property
    def place(self) -> np.ndarray:
        """Image, row and column of each, (n, 3)."""
        return np.stack([self.image, self.y, self.x], axis=1)


def of_file(
    path: Path, *, names: Sequence[str] = NAMES, images: int = ANY, positions: tuple[int, int] = (ANY, ANY)
) -> Labels:
    """Read the labels in a file as `read` does."""
    return read(path.read_text(encoding="utf-8"), names=names, images=images, positions=positions, file=path.name)


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
    given, problems = [], []
    for row in rows(text, COLUMNS, file=file, error=LabelsError):
        try:
            crop, label = place(row["image"], images, positions), known(row["label"], names)
            given.append((*crop, list(names).index(label), row["annotator"]))
        except ValueError as error:
            problems.append((row.line, str(error)))
    if not given and not problems:
        problems.append((1, "no labelled crop below the header"))
    if problems:
        raise LabelsError(file, problems)
    return _labels(given, tuple(names))


def written(place: Sequence[int]) -> str:
    """Write a crop id as a labels file has it: INDEX@y,x."""
    image, y, x = place
    return f"{image}@{y},{x}"


def joined(votes: Labels, who: str, place: np.ndarray, label: np.ndarray) -> Labels:
    """Add the labels (n,) that one more annotator gives to places (n, 3). Raises ValueError where the name is taken."""
    if who in votes.annotators:
        raise ValueError(f"an annotator is called {who!r}; expected another name, since this one is added")
    people = (votes.annotators[number] for number in votes.annotator)
    given = zip(*votes.place.T.tolist(), votes.label.tolist(), people, strict=True)
    more = zip(*place.T.tolist(), label.tolist(), itertools.repeat(who, len(label)), strict=True)
    return _labels([*given, *more], votes.names)


def _labels(given: list[tuple[int, int, int, int, str]], names: tuple[str, ...]) -> Labels:
    votes = Counter(row[:3] for row in given)
    image, y, x, label = np.array([row[:4] for row in given], dtype=np.int64).T
    weight = np.array([1 / votes[row[:3]] for row in given])
    people = sorted({row[4] for row in given})
    return Labels(names, image, y, x, label, weight, np.array([people.index(row[4]) for row in given]), tuple(people))


def place(text: str, images: int, positions: tuple[int, int]) -> Place:
    """Read a crop id: image, row and column; raises ValueError for one that there is not."""
    match = _CROP.fullmatch(text)
    if match is None:
        raise ValueError(f"crop id {text!r} is not of the form INDEX@y,x, for example '1203@4,7'")
    image, y, x = map(int, match.groups())
    if image >= images:
        raise ValueError(f"crop {text!r}: the data set has images 0 to {images - 1}")
    if y >= positions[0] or x >= positions[1]:
        raise ValueError(f"crop {text!r}: the layer has rows 0 to {positions[0] - 1}, columns 0 to {positions[1] - 1}")
    return image, y, x


def known(text: str, names: Sequence[str]) -> str:
    """Return a label; raises ValueError with the nearest for one that is none of `names`."""
    if text not in names:
        raise ValueError(f"unknown label {text!r}, expected one of {', '.join(names)}{nearest(text, names)}")
    return text
