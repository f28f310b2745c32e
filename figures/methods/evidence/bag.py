"""How well networks do that see patches, by the patch's size, and what patches of one picture say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from figures.methods.datasets import Dataset
from figures.methods.evidence import evidence, tiles, votes
from figures.methods.evidence.evidence import Strip
from figures.methods.evidence.tiles import Share, ShuffledPicture
from figures.methods.models import Model


@dataclass(frozen=True)
class BagOfFeatures:
    """What networks answer rightly of a data set, and their maps of one picture.

    `whole` are the networks whose places see all of a picture, or as much as a border lets them, by name.
    """

    dataset: str
    images: int
    side_px: int
    shares: tuple[Share, ...]
    whole: tuple[str, ...]
    strip: Strip

    def columns(self) -> dict[str, Sequence[object]]:
        """Return what a table lists of each network and head."""
        return columns(self.shares)


def columns(shares: Sequence[Share]) -> dict[str, Sequence[object]]:
    """Return what a table lists of shares."""
    return {
        "network": [one.network for one in shares],
        "field px": [one.field_px for one in shares],
        "head": [one.head for one in shares],
        "tiles": [one.tiles**2 for one in shares],
        "right" if all(one.known for one in shares) else "as before": [one.share for one in shares],
        "images": [one.trials for one in shares],
        "low": [one.ends[0] for one in shares],
        "high": [one.ends[1] for one in shares],
        "chance": [one.chance for one in shares],
    }


def of(models: Sequence[Model], dataset: Dataset, image: str | Path, classes: Sequence[str]) -> BagOfFeatures:
    """Ask networks what the images of a data set are; raises ValueError where nobody knows what is right."""
    several = list({one.name: one for one in models}.values())
    shares = [share for one in several for share in _shares(one, dataset, (tiles.WHOLE,), 0) if share.known]
    if not shares:
        raise ValueError(
            f"{dataset.name}: no label is a class of {several[0].name}; expected a data set whose labels are, such as "
            "glyphs"
        )
    return BagOfFeatures(
        dataset=dataset.name,
        images=len(dataset),
        side_px=max(one.input_size for one in several),
        shares=tuple(shares),
        whole=tuple(one.name for one in several if not votes.sees_patches(one)),
        strip=evidence.of(several, dataset, image, classes),
    )


def _shares(model: Model, dataset: Dataset, counts: Sequence[int], seed: int) -> list[Share]:
    side, heads = votes.field(model).size_px, list(votes.heads_of(model))
    return list(tiles.shares(model, dataset, counts, field_px=side, heads=heads, seed=seed))


@dataclass(frozen=True)
class TileShuffle:
    """What networks answer by the number of tiles that pictures are cut into, and some pictures with their answers.

    `counts` are tiles in a row; `rows` hold each picture in every order, its answers those of `head`.
    """

    dataset: str
    images: int
    networks: tuple[str, ...]
    counts: tuple[int, ...]
    head: str
    shares: tuple[Share, ...]
    rows: tuple[tuple[ShuffledPicture, ...], ...]

    @property
    def known(self) -> bool:
        """Whether it is known what is right."""
        return all(one.known for one in self.shares)

    def columns(self) -> dict[str, Sequence[object]]:
        """Return what a table lists of each network, head and number of tiles."""
        return columns(self.shares)


def shuffle(
    models: Sequence[Model], dataset: Dataset, counts: Sequence[int], images: Sequence[str | Path], *, head: str,
    rows: int, seed: int,
) -> TileShuffle:  # fmt: skip
    """Shuffle the tiles of a data set's images, and of `rows` pictures of it where none are named.

    Raises ValueError for heads and pictures that there are not, and for tiles that pictures cannot be cut into.
    """
    several = list({one.name: one for one in models}.values())
    each = tuple(sorted({tiles.WHOLE, *counts}))
    for one in several:
        for count in each:
            tiles.check(one.input_size, count)
    name = _common(several, head)
    shown = images or [str(number) for number in np.linspace(0, len(dataset) - 1, rows + 2).astype(int)[1:-1]]
    return TileShuffle(
        dataset=dataset.name,
        images=len(dataset),
        networks=tuple(one.name for one in several),
        counts=each,
        head=name,
        shares=tuple(share for one in several for share in _shares(one, dataset, each, seed)),
        rows=tuple(map(tuple, tiles.pictures(several, dataset, shown, each, head=name, seed=seed))),
    )


def _common(models: Sequence[Model], head: str) -> str:
    """Return a head that every network has, by default the first; raises ValueError where there is none."""
    common = [name for name in votes.heads_of(models[0]) if all(name in one.heads for one in models)]
    if head and head not in common or not common:
        names = " and ".join(one.name for one in models)
        known = ", ".join(common) or "none in common"
        raise ValueError(f"{names} {'has' if len(models) == 1 else 'have'} no head {head!r} (there are: {known})")
    return head or common[0]
