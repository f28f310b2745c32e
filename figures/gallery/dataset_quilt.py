"""What does a unit see at every strength of its activation, not only where it fires most?

Random images for each of many ranges of the activation: below zero, around it, and far above.
"""

from __future__ import annotations

from typing import Annotated, Literal

from figures.artifact import Artifact, Table
from figures.charts import quilt as charts
from figures.control import with_control
from figures.methods import datasets, models, quilt
from figures.methods.models import Model as Network
from figures.parameters import Dataset, Model, Phrases, Seed, Side, Unit
from figures.ranges import Between
from figures.registry import figure
from figures.words import quilt as words


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
    bins: how many columns, no more than the 64 ranges that a scan keeps crops of; the first and the last have no end.
    rows: how many images of each column on a page.
    pages: how many pages a reader can turn.
    scale: activations as they are, or in standard deviations.
    attribution: a second look at each image, a picture of what in it drives the unit; this takes some time.
    brackets: words below columns, each with the activation that it ends before, `lines < 3, curves`.
    control: draw the same of the network before training beside it, without the words below columns.
    """
    trained, data = models.load(model), datasets.load(dataset)

    def drawn(network: Network) -> Artifact:
        seen = quilt.of(network, data, unit, bins=bins, rows=rows, pages=pages, in_sigma=scale == "sigma", seed=seed)
        looks, said = quilt.looks(network, data, seen, attribution=attribution, seed=seed), words.quilt(seen)
        joined = brackets if network is trained else ()
        sheets = charts.draw(seen, looks, words.titles(seen), joined, tile=tile, alt_text=words.page(seen))
        table = Table.of(datasets.with_files(data, seen.columns()), decimals=None)
        return said.artifact(sheets, table, charts.controls(seen, looks))

    return with_control(drawn, trained, control)
