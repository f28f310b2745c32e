"""Places of a layer's maps between two classes, gathered in the cells of a grid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from figures.measurement import measurement
from figures.methods.activations import logits
from figures.methods.atlas.attribution import attributions
from figures.methods.atlas.icons import Icons, icons, recipe, whitened
from figures.methods.atlas.positions import SampledPositions, checked, positions
from figures.methods.batches import in_batches
from figures.methods.comparison import axis, crops
from figures.methods.datasets import Dataset
from figures.methods.feature_visualization import colours_of
from figures.methods.models import Model
from figures.methods.pictures import pixels

SIDE = 10
"""Cells along a side of the grid."""
CROP_SHARE = 0.35
_BATCH = 16


@dataclass(frozen=True)
class Pair:
    """Two different classes of a head, by number and by name."""

    head: str
    numbers: tuple[int, int]
    names: tuple[str, str]


def pair(model: Model, head: str, classes: Sequence[str]) -> Pair:
    """Find two classes by name or number; raises ValueError with the nearest name, or where they are the same."""
    name = model.head(head)
    first, second = (model.unit(f"{name}:{one}").index for one in classes)
    if first == second:
        raise ValueError(f"classes: {model.heads[name][first]!r} twice; expected two different ones")
    return Pair(name, (first, second), (model.heads[name][first], model.heads[name][second]))


@dataclass(frozen=True)
class Places:
    """Places (n,) of a layer's maps, and what each adds to the two classes, `towards` (n, 2)."""

    pair: Pair
    layer: str
    sampled: SampledPositions
    best: np.ndarray
    towards: np.ndarray

    @property
    def difference(self) -> np.ndarray:
        """How much more each adds to the second class than to the first."""
        more: np.ndarray = self.towards[:, 1] - self.towards[:, 0]
        return more


def places(
    model: Model, dataset: Dataset, layer: str, classes: Sequence[str], *, head: str, count: int, seed: int
) -> Places:
    """Draw places and attribute them; raises ValueError for layers, heads and classes that there are not."""
    name, two = checked(model, layer), pair(model, head, classes)
    sampled = positions(model, dataset, name, count=count, seed=seed)
    of = attributions(model, dataset, name, head=two.head, image=sampled.image, y=sampled.y, x=sampled.x)
    return Places(two, name, sampled, of.best, of.values[:, list(two.numbers)])


@dataclass(frozen=True)
class PairLogits:
    """The logits (images, 2) of two classes."""

    values: np.ndarray


@measurement
def pair_logits(
    model: Model, dataset: Dataset, *, head: str, numbers: tuple[int, int], images: np.ndarray
) -> PairLogits:
    """Show a network images of a data set by number."""
    data = dataset.sized(model.input_size, model.channels)

    def answer(some: slice) -> np.ndarray:
        values: np.ndarray = logits(model, data.images(images[some]), head).numpy()[:, list(numbers)]
        return values

    return PairLogits(np.concatenate(list(in_batches(len(images), _BATCH, answer))))


def agreement(image: np.ndarray, difference: np.ndarray, values: np.ndarray) -> float:
    """Correlate what the places of each image add on average, of the difference, with that of its logits (images, 2).

    Images ascend, as `image` (n,) of the places does; NaN where either is the same for all.
    """
    starts = np.unique(image, return_index=True)[1]
    means = np.add.reduceat(difference, starts) / np.diff(np.append(starts, len(image)))
    more = values[:, 1] - values[:, 0]
    return float(np.corrcoef(means, more)[0, 1]) if np.ptp(means) and np.ptp(more) else np.nan


@dataclass(frozen=True)
class Cell:
    """One cell: where it lies, how many places it holds, what they add on average, and the most typical of them.

    `labels` are those of the images its places come from, the most frequent first.
    """

    column: int
    row: int
    count: int
    towards: tuple[float, float]
    image: int
    name: str
    place: tuple[int, int]
    labels: tuple[str, ...]


@dataclass(frozen=True)
class Compared:
    """The kept places of two classes in cells; x (n,) in [-1, 1], 1 towards the second, y (n,) in [0, 1].

    `scale` is the difference that x = 1 stands for; `agreement` correlates, over images, what places add with the
    logits themselves. pictures (cells, side, side, 3) uint8: around the most typical place of each cell, `crop_px` of
    the picture's `input_px`. `icons` climb, for `steps` steps, along the whitened mean of each cell; None where nobody
    asked for them.
    """

    network: str
    dataset: str
    places: Places
    x: np.ndarray
    y: np.ndarray
    scale: float
    agreement: float
    least: int
    seed: int
    cells: tuple[Cell, ...]
    dropped: int
    pictures: np.ndarray
    crop_px: int
    input_px: int
    icons: Icons | None = None
    steps: int = 0

    @property
    def names(self) -> tuple[str, str]:
        """The names of the two classes."""
        return self.places.pair.names

    def columns(self) -> dict[str, Sequence[object]]:
        """Return what a table lists of each cell."""
        a, b = self.names
        return {
            "column": [cell.column for cell in self.cells],
            "row": [cell.row for cell in self.cells],
            "places": [cell.count for cell in self.cells],
            f"adds to {a}": [cell.towards[0] for cell in self.cells],
            f"adds to {b}": [cell.towards[1] for cell in self.cells],
            "shown": [f"{cell.name} @{cell.place[0]},{cell.place[1]}" for cell in self.cells],
            "labels": ["; ".join(cell.labels) for cell in self.cells],
        }


def of(
    model: Model, dataset: Dataset, layer: str, classes: Sequence[str], *, head: str, count: int, most: int, least: int,
    seed: int, steps: int = 0,
) -> Compared:  # fmt: skip
    """Compare two classes by the places of a layer that speak for either; with `steps`, icons climb for so many.

    Raises ValueError as `places` does, and where no place adds anything to one of them.
    """
    everything = places(model, dataset, layer, classes, head=head, count=count, seed=seed)
    first, second = everything.towards.T
    chosen = axis.kept(first, second, everything.best, everything.pair.numbers, most)
    if len(chosen) < SIDE:
        raise ValueError(
            f"{len(chosen)} of {len(everything.best)} places of {everything.layer} add anything to "
            f"{' or '.join(everything.pair.names)}; expected at least {SIDE}: more positions, or another layer"
        )
    difference, vectors = everything.difference[chosen], everything.sampled.vectors[chosen]
    x, y = axis.scaled(difference), axis.line(vectors, seed=seed).points
    members, dropped = _members(chosen, x, y, least)
    cells = tuple(_cell(dataset, everything, own, at) for at, own in members.items())
    side = crops.side_px(model, everything.layer, CROP_SHARE)
    where = np.array([(cell.image, *cell.place) for cell in cells]).T
    sampled, two = everything.sampled, everything.pair
    means = np.stack([sampled.vectors[own].mean(axis=0) for own in members.values()])
    own = pair_logits(model, dataset, head=two.head, numbers=two.numbers, images=np.unique(sampled.image)).values
    return Compared(
        network=model.name, dataset=dataset.name, places=everything, x=x, y=y, scale=axis.scale(difference),
        agreement=agreement(sampled.image, everything.difference, own),
        least=least, seed=seed, cells=cells, dropped=dropped,
        pictures=pixels(crops.around(model, dataset, everything.layer, where[0], where[1], where[2], side)),
        crop_px=side, input_px=model.input_size, steps=steps,
        icons=_icons(model, dataset, everything, means, steps, seed) if steps else None,
    )  # fmt: skip


def _icons(model: Model, dataset: Dataset, seen: Places, means: np.ndarray, steps: int, seed: int) -> Icons:
    """Picture the mean vectors (cells, channel) of cells, each against all that was drawn."""
    directions = whitened(seen.sampled.vectors, means)
    return icons(model, seen.layer, directions, recipe=recipe(steps), seed=seed, colours=colours_of(dataset))


def _members(
    chosen: np.ndarray, x: np.ndarray, y: np.ndarray, least: int
) -> tuple[dict[tuple[int, int], np.ndarray], int]:
    """Gather places in cells of at least `least`; return those of each (row, column), and how many lie in others.

    Raises ValueError where no cell has so many.
    """
    number = axis.row(y, SIDE) * SIDE + axis.column(x, SIDE)
    held, counts = np.unique(number, return_counts=True)
    full = held[counts >= least].tolist()
    if not full:
        raise ValueError(
            f"least {least}: no cell holds so many of the {len(chosen)} places; expected 1 to {counts.max()}"
        )
    members = {divmod(one, SIDE): chosen[number == one] for one in full}
    return members, len(chosen) - sum(map(len, members.values()))


def _cell(dataset: Dataset, seen: Places, members: np.ndarray, at: tuple[int, int]) -> Cell:
    vectors = seen.sampled.vectors[members]
    typical = members[np.linalg.norm(vectors - vectors.mean(axis=0), axis=1).argmin()]
    sampled, first = seen.sampled, seen.towards[members].mean(axis=0)
    labels = [label for label in dataset.labels(sampled.image[members]) if label]
    image = int(sampled.image[typical])
    return Cell(
        column=at[1],
        row=at[0],
        count=len(members),
        towards=(float(first[0]), float(first[1])),
        image=image,
        name=dataset.names([image])[0],
        place=(int(sampled.y[typical]), int(sampled.x[typical])),
        labels=tuple(sorted(set(labels), key=lambda label: (-labels.count(label), label))[:3]),
    )
