"""What makes a unit answer? Ask it: turn an arc, draw, or choose a picture, and its answer follows."""

from __future__ import annotations

from typing import Annotated, Literal

from figures.artifact import Artifact, Table
from figures.charts import live as charts
from figures.methods import datasets, models
from figures.methods.live import units as live
from figures.parameters import Dataset, Model, Pictures, Units
from figures.ranges import Length
from figures.registry import figure
from figures.words import live as words


@figure("live-unit")
def live_unit(
    *,
    units: Annotated[Units, Length(1, 12)],
    model: Model = "glyphs",
    dataset: Dataset = "glyphs:6000",
    images: Pictures = (),
    family: Literal["arcs", "filled", "lines", "angles"] = "arcs",
) -> Artifact:
    """Put a network into the page, and beside it what some of its units answer to what a reader shows them.

    units: units of one layer; the first one's tuning curve is drawn at first
    dataset: where the pictures come from that are no files
    images: pictures to choose from: files beside the article, or images of the data set by number or name
    family: the stimuli at first, at the direction and size that the first unit answers most
    """
    network = models.load(model)
    seen = live.of(network, datasets.load(dataset), units, images, family=family)
    said = words.units(seen)
    return said.artifact([charts.units(seen, alt_text=said.alt)], Table.of(seen.columns()))
