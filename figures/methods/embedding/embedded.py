"""The images of a data set in the plane, by a layer's codes, of a network and of the same one before training."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from figures.methods import models
from figures.methods.datasets import Dataset
from figures.methods.embedding import attributes, worth
from figures.methods.embedding.attributes import Attribute
from figures.methods.embedding.codes import codes, spread
from figures.methods.embedding.layout import cells, layout, middles, snapped
from figures.methods.embedding.worth import Worth
from figures.methods.models import Model
from figures.methods.pictures import pixels, rgb

LEAST = 12
"""Fewer images have no five neighbours that could be others."""


@dataclass(frozen=True)
class Recipe:
    """How codes are read and laid out: `pool` and `method` by name, `grid` for a cell for each image."""

    pool: str = "mean"
    method: str = "tsne"
    grid: bool = True
    perplexity: float = 30.0
    seed: int = 0


@dataclass(frozen=True)
class Embedded:
    """Images (n,) of a data set in the plane.

    points (n, 2): where each lies in the unit square, x to the right and y down: in the middle of its cell, where
    there is a grid; `cell` (n,) counts row by row, `side` to a row. near (n, count): the nearest by their codes, the
    nearest first, by their number among these. pictures (n, side, side, 3) uint8.
    """

    network: str
    layer: str
    dataset: str
    size: int
    recipe: Recipe
    image: np.ndarray
    names: tuple[str, ...]
    attribute: Attribute
    points: np.ndarray
    cell: np.ndarray
    side: int
    near: np.ndarray
    distance: np.ndarray
    pictures: np.ndarray
    numbers: int
    chance: float
    trained: Worth
    control: Worth | None

    @property
    def typical(self) -> int:
        """The image whose neighbours are as near as those of most: in the middle when sorted by that."""
        return int(np.argsort(self.distance, kind="stable")[len(self.distance) // 2])

    @property
    def sheet_rows(self) -> int:
        """How many rows of cells hold an image."""
        return int(self.cell.max()) // self.side + 1

    def columns(self) -> dict[str, Sequence[object] | np.ndarray]:
        """Return what a table lists of each image."""
        words, names = self.attribute.words, self.names
        return {
            "image": names,
            self.attribute.name: words,
            "x": self.points[:, 0],
            "y": self.points[:, 1],
            "nearest": ["; ".join(names[one] for one in row) for row in self.near.tolist()],
            "of the same": [sum(words[one] == words[i] for one in row) for i, row in enumerate(self.near.tolist())],
        }


def of(
    model: Model, dataset: Dataset, layer: str, *, images: int, colour: str, recipe: Recipe, control: bool,
    side_px: int,
) -> Embedded:  # fmt: skip
    """Lay images of a data set out in the plane.

    Raises ValueError for layers and attributes that there are not, and for fewer images than have neighbours.
    """
    layer, chosen = model.layer(layer), spread(dataset, images)
    model.size(layer)
    attributes.of(dataset, colour, chosen[:1])
    placed = _placed(model, dataset, layer, chosen, recipe)
    attribute = attributes.of(dataset, colour, placed.image.tolist())
    other = _placed(models.untrained(model), dataset, layer, chosen, recipe) if control and not model.random else None
    return Embedded(
        network=model.name,
        layer=layer,
        dataset=dataset.name,
        size=len(dataset),
        recipe=recipe,
        image=placed.image,
        names=tuple(dataset.names(placed.image)),
        attribute=attribute,
        points=placed.on_grid if recipe.grid else placed.points,
        cell=placed.cell,
        side=cells(len(placed.cell)),
        near=placed.near,
        distance=placed.distance,
        pictures=pixels(rgb(dataset.sized(model.input_size, 3).images(placed.image, side_px))),
        numbers=placed.vectors.shape[1],
        chance=worth.chance(attribute.words),
        trained=placed.worth(attribute),
        control=None if other is None else other.worth(attribute),
    )


@dataclass(frozen=True)
class _Placed:
    """Images of one network in the plane."""

    image: np.ndarray
    vectors: np.ndarray
    points: np.ndarray
    cell: np.ndarray
    near: np.ndarray
    gridded: bool

    @property
    def on_grid(self) -> np.ndarray:
        return middles(self.cell, cells(len(self.cell)))

    @property
    def distance(self) -> np.ndarray:
        """How far the neighbours of each image are from it on average, (n,)."""
        apart: np.ndarray = np.linalg.norm(self.vectors[self.near] - self.vectors[:, None], axis=2).mean(axis=1)
        return apart

    def worth(self, attribute: Attribute) -> Worth:
        return Worth(
            worth.trustworthiness(self.vectors, self.points),
            worth.trustworthiness(self.vectors, self.on_grid) if self.gridded else np.nan,
            worth.purity(self.near, attribute.words),
        )


def _placed(model: Model, dataset: Dataset, layer: str, chosen: Sequence[int], recipe: Recipe) -> _Placed:
    seen = codes(model, dataset, layer, images=chosen, pool=recipe.pool)
    if len(seen.image) < LEAST:
        raise ValueError(f"{dataset.name}: {len(seen.image)} images that can be read; expected at least {LEAST}")
    laid = layout(seen.vectors, method=recipe.method, perplexity=recipe.perplexity, seed=recipe.seed)
    points = laid.points
    cell = snapped(points) if recipe.grid else np.arange(len(points))
    return _Placed(seen.image, seen.vectors, points, cell, worth.nearest(seen.vectors), recipe.grid)
