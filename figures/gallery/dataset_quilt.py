"""What does a unit see at every strength of its activation, not only where it fires most?

Random images for each of many ranges of the activation: below zero, around it, and far above.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Literal

import numpy as np

from figures.artifact import Artifact, Control, Sprite, Table, Tile
from figures.charts import sprites
from figures.control import with_control
from figures.methods import datasets, distribution, models, quilt, scan
from figures.methods.attribution import attributions
from figures.methods.models import Model as Network
from figures.methods.models import Unit as Address
from figures.methods.pictures import pixels
from figures.methods.scan import Positions, UnitScan
from figures.parameters import Dataset, Model, Phrases, Seed, Side, Unit
from figures.ranges import Between
from figures.registry import figure

COLUMNS = ("bin", "from", "to", "page", "row", "image", "y", "x", "activation")
MOST_TILES = 2000
_BRACKET = re.compile(r"(.+?)\s*<\s*([+-]?\d+(?:\.\d+)?)")


@figure("dataset-quilt")
def dataset_quilt(
    *,
    unit: Unit,
    model: Model = "glyphs",
    dataset: Dataset = "glyphs:6000",
    seed: Seed = 0,
    bins: Annotated[int, Between(3, 64)] = 18,
    rows: Annotated[int, Between(1, 600)] = 6,
    pages: Annotated[int, Between(1, 600)] = 4,
    scale: Literal["activation", "sigma"] = "activation",
    attribution: bool = False,
    brackets: Phrases = (),
    control: bool = False,
    tile: Side = 34,
) -> Artifact:
    """Draw random images for each range of a unit's activation, in columns from the lowest to the highest.

    unit: whose activation sorts the images.
    seed: draws the images.
    bins: how many columns; the first and the last have no end.
    rows: how many images of each column on a page.
    pages: how many pages a reader can turn.
    scale: activations as they are, or in standard deviations.
    attribution: a second look at each image, a picture of what in it drives the unit; this takes some time.
    brackets: words below columns, each with the activation that it ends before, `lines < 3, curves`.
    control: draw the same of the network before training beside it, without the words below columns.
    """
    network, data = models.load(model), datasets.load(dataset)
    _check(bins, rows, pages)
    wish = _Wish(unit, bins, rows, pages, scale, attribution, brackets, tile, seed)
    bare = replace(wish, brackets=())
    return with_control(lambda one: _figure(one, data, wish if one is network else bare), network, control)


@dataclass(frozen=True)
class _Wish:
    unit: str
    bins: int
    rows: int
    pages: int
    scale: str
    attribution: bool
    brackets: tuple[str, ...]
    tile: int
    seed: int


def _figure(network: Network, data: datasets.Dataset, wish: _Wish) -> Artifact:
    target = models.whole_channel(network.unit(wish.unit), minus=False)
    scanned = scan.of(network, data, target.layer, seed=wish.seed).unit(target.index)
    inner, sigma = _edges(scanned, wish.bins, wish.rows * wish.pages, wish.scale)
    drawn = quilt.draw(scanned, inner * sigma, wish.rows * wish.pages, wish.seed)
    words = _Columns(inner, "σ" if wish.scale == "sigma" else "", wish.brackets)
    looks = _looks(network, data, target, drawn, wish.attribution, wish.seed)
    labels = tuple(str(page + 1) for page in range(wish.pages))
    controls = _controls(tuple(looks), labels)
    titled = {"columns_titles": words.titles, "rule_before": words.rule, "brackets": words.joined}
    parts = tuple(
        replace(_page(look, pictures, drawn, page, wish.rows, wish.tile, data.name, str(target)), **titled,
                shown=_shown(look, label, controls))
        for page, label in enumerate(labels) for look, pictures in looks.items()
    )  # fmt: skip
    alt = _alt(str(target), data.name, words.titles, wish.rows)
    table = Table(COLUMNS, tuple(_rows(drawn, words.ranges, wish.rows)))
    notes = (_note(words.unit, int((drawn.image >= 0).sum())), *_missing(drawn, wish.rows * wish.pages))
    return Artifact(alt, parts, table, _values(scanned, target, drawn, inner), notes, controls)


def _check(bins: int, rows: int, pages: int) -> None:
    if bins * rows * pages > MOST_TILES:
        raise ValueError(f"{bins} columns of {rows} rows on {pages} pages; expected at most {MOST_TILES} images in all")


def _edges(scanned: UnitScan, bins: int, least: int, scale: str) -> tuple[np.ndarray, float]:
    """Return the inner edges in the scale's unit, and how much one of it is."""
    sigma = scanned.std if scale == "sigma" else 1.0
    if not sigma > 0:
        raise ValueError("the unit's activation is the same everywhere; there is no range to divide")
    drawable = scanned.samples.there.sum(axis=1)
    return quilt.inner_edges(scanned.edges / sigma, drawable, bins, least), sigma


class _Columns:
    """What stands below the columns between `inner` edges (bins - 1,)."""

    def __init__(self, inner: np.ndarray, unit: str, brackets: Sequence[str]) -> None:
        self.inner, self.unit = inner, unit
        self.brackets = [*_read(brackets)]

    @property
    def ranges(self) -> list[tuple[float | None, float | None]]:
        ends = [None, *(float(f"{edge:.6g}") for edge in self.inner), None]
        return list(zip(ends[:-1], ends[1:], strict=True))

    @property
    def titles(self) -> tuple[str, ...]:
        names = [f"{edge:.4g}".replace("-", "−") for edge in np.where(np.abs(self.inner) < 1e-9, 0, self.inner)]
        return (f"<{names[0]}", *names[:-1], f"≥{names[-1]}")

    @property
    def rule(self) -> int:
        """The first column at or above zero; 0 where zero is no edge."""
        there = np.flatnonzero(np.abs(self.inner) < 1e-9)
        return int(there[0]) + 1 if len(there) else 0

    @property
    def joined(self) -> tuple[tuple[int, int, str], ...]:
        """First column, count and words of each bracket; a column belongs where it begins."""
        begins = np.concatenate([[-np.inf], self.inner + 1e-9])
        ends = [0, *(int(np.searchsorted(begins, end)) for _, end in self.brackets)]
        found = zip(ends[:-1], ends[1:], self.brackets, strict=True)
        return tuple((first, end - first, words) for first, end, (words, _) in found if end > first)


def _read(brackets: Sequence[str]) -> Iterator[tuple[str, float]]:
    """Read `words < number`; the last may go on to the end."""
    before = -np.inf
    for rank, text in enumerate(brackets, 1):
        match = _BRACKET.fullmatch(text.strip())
        if match is None and (rank < len(brackets) or "<" in text):
            raise ValueError(f"bracket {text!r}; expected words and the activation they end before, 'lines < 3'")
        end = float(match[2]) if match else np.inf
        if end <= before:
            raise ValueError(f"bracket {text!r} ends at {end:g}; expected more than the one before, {before:g}")
        before = end
        yield (match[1] if match else text.strip()), end


def _looks(
    network: Network, data: datasets.Dataset, target: Address, drawn: Positions, attribution: bool, seed: int
) -> dict[str, np.ndarray]:
    """Return pictures (patch, side, side, channel) by look, of the positions that are there, column by column."""
    there = drawn.image >= 0
    image, y, x = (array[there] for array in (drawn.image, drawn.y, drawn.x))
    looks = {"image": pixels(scan.crops(network, data, target.layer, image, y, x))}
    if attribution:
        places = tuple(zip(image.tolist(), y.tolist(), x.tolist(), strict=True))
        looks["attribution"] = attributions(network, data, str(target), places, seed=seed)["images"]
    return looks


def _controls(looks: tuple[str, ...], pages: tuple[str, ...]) -> tuple[Control, ...]:
    toggle = (Control("look", "toggle", looks, "Show"),) if len(looks) > 1 else ()
    return (*toggle, *((Control("page", "pages", pages),) if len(pages) > 1 else ()))


def _shown(look: str, page: str, controls: Sequence[Control]) -> dict[str, str]:
    chosen = {"look": look, "page": page}
    return {one.name: chosen[one.name] for one in controls}


def _page(
    look: str, pictures: np.ndarray, drawn: Positions, page: int, rows: int, tile: int, data: str, unit: str
) -> Sprite:
    """Lay one page row by row; where a column has no more images, a tile stays empty."""
    there = drawn.image >= 0
    place = np.cumsum(there).reshape(there.shape) - 1
    some = np.s_[:, page * rows : (page + 1) * rows]
    order = np.where(there, place, -1)[some].T.ravel()
    whole = pictures if (order >= 0).all() else np.append(_with_alpha(pictures), 0 * _with_alpha(pictures[:1]), axis=0)
    named = zip(drawn.image[some].T.ravel(), drawn.value[some].T.ravel(), order, strict=True)
    tiles = [Tile(_said(look, image, data, value) if i >= 0 else "no image") for image, value, i in named]
    name = f"quilt-{look}-{page + 1}"
    alt = f"Random images of {data} by the activation of {unit}, page {page + 1}"
    return sprites.sprite(whole[order], tiles, display_px=tile, per_row=len(drawn.image), name=name, alt=alt)


def _said(look: str, image: int, data: str, value: float) -> str:
    what = "What drives the unit in image" if look == "attribution" else "Image"
    return f"{what} {image} of {data}, activation {value:.2f}"


def _with_alpha(pictures: np.ndarray) -> np.ndarray:
    """Give pictures (n, side, side, channel) an alpha channel where they have none."""
    if pictures.shape[-1] == 4:
        return pictures
    colours = np.broadcast_to(pictures, (*pictures.shape[:-1], 3))
    return np.concatenate([colours, np.full_like(colours[..., :1], 255)], axis=-1)


def _rows(drawn: Positions, ranges: Sequence[tuple[float | None, float | None]], rows: int) -> Iterator[tuple]:
    for column, (low, high) in enumerate(ranges):
        for rank in np.flatnonzero(drawn.image[column] >= 0):
            at = (int(array[column, rank]) for array in (drawn.image, drawn.y, drawn.x))
            value = float(drawn.value[column, rank])
            yield (column + 1, low, high, int(rank) // rows + 1, int(rank) % rows + 1, *at, value)


def _values(scanned: UnitScan, target: Address, drawn: Positions, inner: np.ndarray) -> dict[str, float | int | str]:
    there = drawn.image >= 0
    firing = distribution.share_firing(scanned.edges, scanned.histogram)
    return {
        "unit": str(target), "bins": len(there), "images": int(there.sum()), "fewest": int(there.sum(axis=1).min()),
        "width": float(f"{inner[1] - inner[0]:.6g}"), "from": float(f"{inner[0]:.6g}"),
        "to": float(f"{inner[-1]:.6g}"), "share_firing": firing, "sigma": scanned.std,
    }  # fmt: skip


def _note(unit: str, images: int) -> str:
    what = "standard deviations of the activation" if unit else "the activation before the rectifier"
    return f"{images} crops, drawn at random for each column; columns begin at the numbers below them, {what}."


def _missing(drawn: Positions, wanted: int) -> Iterator[str]:
    short = int(((drawn.image >= 0).sum(axis=1) < wanted).sum())
    if short:
        yield f"{short} of {len(drawn.image)} columns hold fewer than {wanted} crops; places without one stay empty."


def _alt(unit: str, data: str, titles: tuple[str, ...], rows: int) -> str:
    return (
        f"Random images of {data} in {len(titles)} columns by the activation of {unit} at their middle, "
        f"from {titles[0].replace('<', 'below ')} to {titles[-1].replace('≥', 'at least ')}, {rows} to a column."
    )
