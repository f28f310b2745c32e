"""A whole atlas: places of a layer, laid out by likeness, in the cells of several grids, each with its picture."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from figures.methods import pictures
from figures.methods.atlas.attribution import Attributed, attributions
from figures.methods.atlas.cells import LEAST, Cells, cells
from figures.methods.atlas.icons import icons, recipe, whitened
from figures.methods.atlas.layout import Layout, Method, in_square, layout, purity
from figures.methods.atlas.positions import POSITIONS, SampledPositions, positions
from figures.methods.datasets import Dataset
from figures.methods.feature_visualization import colours_of
from figures.methods.models import Model
from figures.together import Ask, together

Look = Literal["visualizations", "crops"]
RUNNERS_UP = 3
_CROP = 0.4
"""The side of a crop as a share of the image's, where a position sees more."""
_FEWEST = 8


@dataclass(frozen=True)
class Wish:
    """How an atlas is made: how many places, their layout, the grids over it, and what stands in a cell."""

    grids: tuple[int, ...] = (10, 20)
    positions: int = POSITIONS
    per_image: int = 0
    layout: Method = "tsne"
    least: int = LEAST
    look: Look = "visualizations"
    steps: int = 48
    seed: int = 0

    def __post_init__(self) -> None:
        if sorted(set(self.grids)) != list(self.grids):
            raise ValueError(f"grids {', '.join(map(str, self.grids))}; expected each once, the coarsest first")


@dataclass(frozen=True)
class Grid:
    """The cells of one grid, and a picture (cell, side, side, channel) uint8 of each."""

    cells: Cells
    pictures: np.ndarray
    cosine: np.ndarray | None = None


@dataclass(frozen=True)
class Atlas:
    """A layer's atlas: places (n) in the unit square and attributions (n, classes) of what was sampled, its grids.

    `chosen` (n,) are the sampled places that are laid out; `about` the class that they were chosen for, by number;
    `answered` how many of them add most to that class. `purity` and `chance`: how often a place's nearest neighbour
    from another image adds most to the same class, and how often it would by chance.
    """

    network: str
    layer: str
    head: str
    classes: tuple[str, ...]
    dataset: str
    rectified: bool
    wish: Wish
    sampled: SampledPositions
    chosen: np.ndarray
    places: np.ndarray
    grids: tuple[Grid, ...]
    purity: float
    chance: float
    about: int | None = None
    answered: int = 0

    @property
    def images(self) -> int:
        return int(self.sampled.images)

    @property
    def broken(self) -> tuple[str, ...]:
        return tuple(self.sampled.broken.tolist())

    def names(self, numbers: np.ndarray) -> list[str]:
        """Return the names of classes (n,)."""
        return [self.classes[number] for number in numbers.tolist()]

    def columns(self) -> dict[str, Sequence[object] | np.ndarray]:
        """Return what a table lists of each cell of each grid."""
        every = [grid.cells for grid in self.grids]
        best = np.concatenate([one.best(2) for one in every])
        return {
            "grid": [one.grid for one in every for _ in range(len(one))],
            "row": np.concatenate([one.row for one in every]),
            "column": np.concatenate([one.column for one in every]),
            "positions": np.concatenate([one.count for one in every]),
            "label": self.names(best[:, 0]),
            "attribution": np.concatenate([one.attribution.max(axis=1) for one in every]),
            "next label": self.names(best[:, -1]),
            "image": np.concatenate([self.sampled.image[self.chosen[one.nearest]] for one in every]),
        }


def of(model: Model, dataset: Dataset, layer: str, wish: Wish, *, head: str = "") -> Atlas:
    """Make the atlas of a layer; raises ValueError for a layer or a head that does not suit, or too few places."""
    answers = model.head(head)
    sampled = _sampled(model, dataset, layer, wish)
    attributed, laid = together(
        _attributions(model, dataset, layer, answers, sampled),
        Ask(layout, {"vectors": sampled.vectors, "method": wish.layout, "seed": wish.seed}),
    )
    taken = sampled, attributed.values, np.arange(len(sampled))
    return _made(model, dataset, layer, answers, taken, laid, wish)


def of_class(
    model: Model, dataset: Dataset, layer: str, label: str, largest: int, wish: Wish, *, head: str = ""
) -> Atlas:
    """Make the atlas of one class: of the places that add most to it, or more than all but `largest` others.

    Only what adds to the class, above zero, is taken. Raises ValueError with the nearest class, and where fewer than
    eight places are left.
    """
    answers = model.head(head)
    number = model.unit(f"{answers}:{label}").index
    sampled = _sampled(model, dataset, layer, wish)
    values = _attributions(model, dataset, layer, answers, sampled).answer().values
    own = values[:, number]
    first = (values.argmax(axis=1) == number) & (own > 0)
    most = np.zeros(len(own), bool)
    most[np.argsort(-own, kind="stable")[:largest]] = True
    chosen = np.flatnonzero(first | (most & (own > 0)))
    if len(chosen) < _FEWEST:
        raise ValueError(
            f"{len(chosen)} of {len(own)} places of {layer} add to {model.heads[answers][number]!r}; expected at least "
            f"{_FEWEST}: more positions, or a class that {dataset.name} shows"
        )
    laid = layout(sampled.vectors[chosen], method=wish.layout, seed=wish.seed)
    made = _made(model, dataset, layer, answers, (sampled, values, chosen), laid, wish)
    return replace(made, about=number, answered=int(first.sum()))


def _sampled(model: Model, dataset: Dataset, layer: str, wish: Wish) -> SampledPositions:
    return positions(model, dataset, model.layer(layer), count=wish.positions, per_image=wish.per_image, seed=wish.seed)


def _attributions(model: Model, dataset: Dataset, layer: str, head: str, sampled: SampledPositions) -> Ask[Attributed]:
    what = {"model": model, "dataset": dataset, "layer": model.layer(layer), "head": head}
    return Ask(attributions, {**what, "image": sampled.image, "y": sampled.y, "x": sampled.x})


def _made(
    model: Model, dataset: Dataset, layer: str, head: str, taken: tuple[SampledPositions, np.ndarray, np.ndarray],
    laid: Layout, wish: Wish,
) -> Atlas:  # fmt: skip
    """Gather the chosen of what was sampled in cells, as they are laid out, and picture these."""
    sampled, values, chosen = taken
    name, vectors, own = model.layer(layer), sampled.vectors[chosen], values[chosen]
    places = in_square(laid.places)
    several = [cells(places, vectors, own, grid=grid, least=wish.least) for grid in wish.grids]
    if not all(len(one) for one in several):
        raise ValueError(
            f"no cell of {wish.grids[-1]} x {wish.grids[-1]} holds {wish.least} of {len(chosen)} places; expected more "
            "positions, a smaller `least` or coarser `grids`"
        )
    pure, chance = purity(places, own.argmax(axis=1), sampled.image[chosen])
    return Atlas(
        model.name, name, head, model.heads[head], dataset.name, model.part(name).rectified, wish, sampled, chosen,
        places, tuple(_pictured(model, dataset, name, sampled, chosen, several, wish)), pure, chance,
    )  # fmt: skip


def _pictured(
    model: Model, dataset: Dataset, layer: str, sampled: SampledPositions, chosen: np.ndarray, several: Sequence[Cells],
    wish: Wish,
) -> Iterator[Grid]:  # fmt: skip
    """Picture the cells of all grids: by crops, or by what climbs for all of them together."""
    if wish.look == "crops":
        for held in several:
            where = (part[chosen[held.nearest]] for part in (sampled.image, sampled.y, sampled.x))
            yield Grid(held, crops(model, dataset, layer, *where))
        return
    directions = np.concatenate([whitened(sampled.vectors, held.mean) for held in several])
    numbers = np.concatenate([np.arange(len(held)) for held in several])
    how, colours = recipe(wish.steps), colours_of(dataset)
    made = icons(model, layer, directions, recipe=how, seed=wish.seed, colours=colours, numbers=numbers)
    ends = np.cumsum([len(held) for held in several])
    for held, end in zip(several, ends.tolist(), strict=True):
        own = slice(end - len(held), end)
        yield Grid(held, made.images[own], made.cosine[own])


def crops(model: Model, dataset: Dataset, layer: str, image: np.ndarray, y: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Cut out of images what lies around places (n,) of a layer, (n, side, side, 3) uint8; moved inside the image.

    As much as a place sees, but at most two fifths of the image's side.
    """
    field, size = model.receptive_field(layer), model.input_size
    side = min(field.size_px, round(_CROP * size))
    data = dataset.sized(size, 3)
    cut = []
    for number, *place in zip(image, y, x, strict=True):
        row, column = (int(np.clip(round(field.center_px(at) + 0.5 - side / 2), 0, size - side)) for at in place)
        cut.append(pictures.pixels(data.images(np.array([number])))[0][row : row + side, column : column + side])
    return np.stack(cut)
