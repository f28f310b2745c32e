"""The channels that answer most at each position of a picture, each with a picture of what it looks for.

After Olah et al. (2018, "The building blocks of interpretability", Distill, "semantic dictionaries").
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from figures.methods import asked_images
from figures.methods.blocks import icons
from figures.methods.blocks.answers import answers, mapped
from figures.methods.datasets import Dataset
from figures.methods.models import Model

LISTED = 6
"""How many cells are told without a reader's pointing."""


@dataclass(frozen=True)
class LayerDictionary:
    """The channels of a layer that answer most in each cell of a grid over a picture.

    A cell is the mean over `block` by `block` positions. index, value (rows * columns, count): its channels, the
    strongest first, -1 and 0 where fewer answer. listed: a few cells that answer strongly, no two of them neighbours,
    the strongest first. drawn (icons,): the channels that have a picture, pictures (icons, side, side, 3) uint8.
    """

    layer: str
    rows: int
    columns: int
    block: int
    index: np.ndarray
    value: np.ndarray
    listed: tuple[int, ...]
    drawn: np.ndarray
    pictures: np.ndarray

    @property
    def named(self) -> np.ndarray:
        """All channels that some cell names, those with a picture first, then by number."""
        every = np.unique(self.index[self.index >= 0])
        return np.concatenate([self.drawn, every[~np.isin(every, self.drawn)]])

    @property
    def covered(self) -> float:
        """The share of what cells name that has a picture."""
        return float(np.isin(self.index[self.index >= 0], self.drawn).mean())

    def place(self, cell: int) -> tuple[int, int]:
        """Return the row and the column of a cell."""
        row, column = divmod(cell, self.columns)
        return row, column


@dataclass(frozen=True)
class SemanticDictionary:
    """A picture (channel, side, side) in [0, 1], and what each of some layers of a network says where."""

    network: str
    picture: np.ndarray
    word: str
    layers: tuple[LayerDictionary, ...]

    def columns(self) -> dict[str, Sequence[object]]:
        """Return what a table lists of every cell's channels."""
        rows = [row for layer in self.layers for row in _rows(layer)]
        names = ("layer", "row", "column", "rank", "unit", "activation", "icon")
        return dict(zip(names, zip(*rows, strict=True), strict=True))


def _rows(seen: LayerDictionary) -> Iterator[tuple[object, ...]]:
    for cell, (channels, values) in enumerate(zip(seen.index.tolist(), seen.value.tolist(), strict=True)):
        for rank, (channel, value) in enumerate(zip(channels, values, strict=True), 1):
            if channel >= 0:
                drawn = "yes" if channel in seen.drawn else "no"
                yield seen.layer, *seen.place(cell), rank, f"{seen.layer}:{channel}", value, drawn


def strongest(cells: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the channels (cells, count) that answer most in cells (channel, rows, columns), and what they answer.

    What is not above zero is no answer: -1 and 0.
    """
    flat = cells.reshape(len(cells), -1).T
    index = np.argsort(-flat, axis=1, kind="stable")[:, :count]
    value = np.take_along_axis(flat, index, axis=1)
    return np.where(value > 0, index, -1), np.maximum(value, 0)


def blocks(maps: np.ndarray, side: int) -> np.ndarray:
    """Return means (channel, …) of maps (channel, height, width) over equal blocks, `side` by `side`, at the end fewer.

    Blocks at the end that are not whole are means of what there is.
    """
    height, width = maps.shape[1:]
    rows, columns = (range(0, length, side) for length in (height, width))
    return np.stack(
        [[maps[:, y : y + side, x : x + side].mean(axis=(1, 2)) for x in columns] for y in rows], axis=0
    ).transpose(2, 0, 1)


def apart(value: np.ndarray, columns: int, count: int = LISTED) -> tuple[int, ...]:
    """Choose cells (cells, …) that answer strongly in all, a seventh of the grid or more from each other."""
    strength, least = value.sum(axis=1), max(2, math.ceil(columns / 7))
    chosen: list[int] = []
    for cell in np.argsort(-strength, kind="stable").tolist():
        steps = (np.abs(np.subtract(divmod(cell, columns), divmod(other, columns))).max() for other in chosen)
        if strength[cell] > 0 and all(far >= least for far in steps):
            chosen.append(cell)
    return tuple(chosen[:count])


def worth(index: np.ndarray, listed: Sequence[int], most: int) -> np.ndarray:
    """Choose the channels that get a picture, at most `most`: those of cells `listed`, then those most often named."""
    first = index[list(listed)].ravel()
    channels, times = np.unique(index[index >= 0], return_counts=True)
    often = channels[np.argsort(-times, kind="stable")]
    ordered = dict.fromkeys([*first[first >= 0].tolist(), *often.tolist()])
    return np.array(list(ordered)[:most], dtype=np.int64)


def of(
    model: Model, dataset: Dataset, image: str | Path, layers: Sequence[str], *, channels: int, cells: int,
    most: int, steps: int, seed: int,
) -> SemanticDictionary:  # fmt: skip
    """Look a picture up in some layers, in at most `cells` by `cells` places; `most` channels of each get a picture.

    Raises ValueError for pictures and layers that there are not, and for a layer without a map.
    """
    names = tuple(dict.fromkeys(mapped(model, layer) for layer in layers))
    shown = asked_images.shown(model, dataset, (image,))

    def layer_of(name: str) -> LayerDictionary:
        maps = answers(model, name, image=shown.images[0]).maps
        side = math.ceil(max(maps.shape[1:]) / cells)
        grid = blocks(maps, side)
        index, value = strongest(grid, channels)
        listed = apart(value, grid.shape[2])
        drawn = worth(index, listed, most)
        if not listed:
            raise ValueError(f"nothing in {name} answers above zero to {shown.words[0]}; expected another layer")
        pictures = icons.of(model, dataset, name, drawn.tolist(), steps=steps, seed=seed)
        _, rows, columns = grid.shape
        return LayerDictionary(name, rows, columns, side, index, value, listed, drawn, pictures)

    return SemanticDictionary(model.name, shown.images[0], shown.words[0], tuple(map(layer_of, names)))
