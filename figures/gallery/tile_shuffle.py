"""Does a network mind when a picture's tiles change places?

One that counts local features hardly does: what it goes by is all there, but not where it belongs.
"""

from __future__ import annotations

from typing import Annotated

from figures.artifact import Artifact, Table
from figures.charts import tile_shuffle as charts
from figures.methods import datasets
from figures.methods import models as networks
from figures.methods.evidence import bag
from figures.parameters import Dataset, Models, Pictures, Seed, Side
from figures.ranges import Between, Length
from figures.registry import figure
from figures.words import evidence as words


@figure("tile-shuffle")
def tile_shuffle(
    *,
    models: Annotated[Models, Length(1, 8)] = ("glyphs", "glyphs-bag-33", "glyphs-bag-9"),
    dataset: Dataset = "glyphs:500",
    tiles: Annotated[tuple[int, ...], Between(1, 64), Length(1, 6)] = (1, 2, 4, 8),
    head: str = "",
    images: Pictures = (),
    rows: Annotated[int, Between(1, 16)] = 3,
    seed: Seed = 0,
    tile: Side = 128,
) -> Artifact:
    """Draw how answers fare as pictures are cut into ever more tiles in random order, above some such pictures.

    models: the networks that are asked
    dataset: whose images are shuffled and answered
    tiles: how many tiles stand in a row of a cut picture; they must divide its side
    head: which head's answers stand below the pictures; empty for the first that all networks have
    images: the pictures beneath; by default some of the data set
    rows: how many pictures where none are named
    seed: draws the orders of tiles
    """
    several = [networks.load(name) for name in models]
    seen = bag.shuffle(several, datasets.load(dataset), tiles, images, head=head, rows=rows, seed=seed)
    said = words.tile_shuffle(seen)
    chart, sheet = charts.lines(seen, alt_text=said.alt), charts.pictures(seen, tile=tile, alt_text=said.alt)
    return said.artifact([chart, sheet], Table.of(seen.columns()))
