"""Which parts is a drawing made of, to a family of units?

The layer before is split into a few factors that several images share; each factor draws its own spline.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Literal

import numpy as np
import torch

from figures.artifact import Artifact, Sprite, Table, Tile
from figures.charts import drawings, sprites
from figures.control import with_control
from figures.gallery.spline_tracing import covered, numbered, opened
from figures.methods import datasets, factor_tracing, models, tracing
from figures.methods.models import Model as Network
from figures.methods.pictures import pixels
from figures.parameters import Dataset, Images, Knots, Model, Seed, Side, Steps, Stroke, Units
from figures.ranges import Between
from figures.registry import figure

COLUMNS = ("image", "factor", "colour", "explained", "attributed", "cosine", "error", "fitted")


@figure("factor-tracing")
def draw(
    *,
    units: Units = (
        "mixed3b:163",
        "mixed3b:188",
        "mixed3b:96",
        "mixed3b:175",
        "mixed3b:246",
        "mixed3b:154",
        "mixed3b:81",
        "mixed3b:194",
        "mixed3b:181",
        "mixed3b:164",
    ),
    images: Images = (1, 4, 7),
    source: Path | None = None,
    reused: Images = (9,),
    factors: Annotated[int, Between(1, 8)] = 3,
    of: Literal["activations", "attribution"] = "activations",
    knots: Knots = 5,
    steps: Steps = 48,
    width_px: Stroke | None = None,
    model: Model = "glyphs",
    dataset: Dataset = "glyphs:6000",
    seed: Seed = 0,
    control: bool = False,
    tile: Side = 104,
) -> Artifact:
    """Trace images with one coloured spline for each factor of the layer before.

    units: the family that is to see the drawing as it sees the image, of one layer
    images: the images of the data set, by number, that make the factors together
    source: an image file beside the article that makes the factors instead
    reused: images that take the factors as they are
    factors: how many parts, at most 8
    of: what is split: the activations of the layer before, or what the family draws from them
    knots: how many points bend a spline
    steps: for how many steps it is bent
    seed: draws the starts of factors and splines
    control: trace the same with the network before training beside it
    """
    network = models.load(model)
    names, shown = _shown(network, source, images, reused, dataset)
    search = tracing.Search(knots=knots, steps=steps, width_px=width_px, seed=seed, starts=16, kept=2)

    def drawn(one: Network) -> Artifact:
        found = factor_tracing.trace_factors(
            one, shown, units, factors, together=len(names) - len(reused), of=of, search=search
        )
        return _artifact(one, names, shown, found, search, _Words(units, of, len(reused), tile))

    return with_control(drawn, network, control)


@dataclass(frozen=True)
class _Words:
    """What was asked for, as far as the figure says it."""

    units: Sequence[str]
    of: str
    reused: int
    tile: int


def _shown(
    network: Network, source: Path | None, images: Sequence[int], reused: Sequence[int], dataset: str
) -> tuple[list[str], np.ndarray]:
    """Return what images are called and the images (n, 3, size, size), those that reuse the factors last."""
    numbers = [*(() if source else images), *reused]
    if not source and not images:
        raise ValueError("no images; expected at least one that makes the factors")
    data = datasets.load(dataset)
    stack = numbered(network, data, numbers) if numbers else np.zeros((0, 3, *[network.input_size] * 2), np.float32)
    names = [f"image {number}" for number in numbers]
    if source is None:
        return names, stack
    return [source.name, *names], np.concatenate([opened(source, network.input_size)[None], stack])


def _artifact(
    network: Network, names: Sequence[str], shown: np.ndarray, found: Mapping[str, np.ndarray],
    search: tracing.Search, words: _Words,
) -> Artifact:  # fmt: skip
    alt = _alt(names, found, words)
    picture = _sprite(network, names, shown, found, search, words, alt)
    table = Table(COLUMNS, tuple(_rows(names, found, words.reused)))
    return Artifact(alt, (picture,), table, _values(found, words.reused), tuple(_notes(network, found, words)))


def _sprite(
    network: Network, names: Sequence[str], shown: np.ndarray, found: Mapping[str, np.ndarray],
    search: tracing.Search, words: _Words, alt: str,
) -> Sprite:  # fmt: skip
    pictures, tiles, side = [], [], 2 * words.tile
    white = np.full((side, side, 3), 255.0)
    for row, (name, picture) in enumerate(zip(names, pixels(torch.as_tensor(shown)), strict=True)):
        laid, score = covered(network, found["knots"][row], search, side), found["score"][row]
        reused = row >= len(names) - words.reused
        colours = drawings.COLOURS[: len(laid)]
        pictures += [drawings.enlarged(picture, side), drawings.laid_over(picture, laid, colours, side)]
        lines = (name, "factors reused") if reused else (name,)
        tiles += [Tile(", ".join(lines).capitalize(), lines=lines), Tile(f"All splines over {name}")]
        for rank, (one, colour, cosine) in enumerate(zip(laid, colours, score, strict=True), 1):
            pictures.append(drawings.inked(white, one[None], [colour]))
            tiles.append(Tile(f"Spline of factor {rank} in {name}, cosine {cosine:.2f}", lines=(f"{cosine:.2f}",)))
    titles = ("Image", "All splines", *(f"Factor {rank} ({share:.0%})" for rank, share in enumerate(found["share"], 1)))
    made = sprites.sprite(pictures, tiles, display_px=words.tile, per_row=len(titles), name="factor-tracing", alt=alt)
    return replace(made, columns_titles=titles)


def _rows(names: Sequence[str], found: Mapping[str, np.ndarray], reused: int) -> Iterator[tuple[object, ...]]:
    for row, name in enumerate(names):
        for rank in range(len(found["share"])):
            numbers = (found[key][row, rank] for key in ("shares", "attributed", "score"))
            told = (None if np.isnan(one) else round(float(one), 4) for one in (*numbers, found["error"][row]))
            fitted = "reused" if row >= len(names) - reused else "together"
            yield name, rank + 1, drawings.COLOURS[rank], *told, fitted


def _values(found: Mapping[str, np.ndarray], reused: int) -> dict[str, float | int | str]:
    first = len(found["error"]) - reused
    values: dict[str, float | int | str] = {
        "factors": len(found["share"]), "images": first, "reused": reused,
        "explained": float(found["share"].sum()), "median_cosine": float(np.nanmedian(found["score"])),
        "mean_error": float(found["error"][:first].mean()),
    }  # fmt: skip
    values |= {f"explained_{rank}": float(share) for rank, share in enumerate(found["share"], 1)}
    return values | ({"mean_error_reused": float(found["error"][first:].mean())} if reused else {})


def _alt(names: Sequence[str], found: Mapping[str, np.ndarray], words: _Words) -> str:
    count = len(found["share"])
    text = (
        f"{len(names)} images in rows: each image, {count} coloured splines over it, and each spline alone. "
        f"The {count} factors explain {found['share'].sum():.0%} of the squares of the layer's {words.of}."
    )
    return f"{text} The last {words.reused} reuse the factors of the others." if words.reused else text


def _notes(network: Network, found: Mapping[str, np.ndarray], words: _Words) -> Iterator[str]:
    layer, _ = tracing.family(network, words.units)
    yield (
        f"Shares are of the squares of {words.of} in {tracing.layer_before(network, layer)}; below each spline stands "
        "the cosine between what it and the image drive, under the factor's mask."
    )
    missing = int(np.isnan(found["score"]).sum())
    if missing:
        yield f"{missing} splines are not drawn: nothing that the family rests on lies under the factor."
