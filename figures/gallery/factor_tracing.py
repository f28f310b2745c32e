"""Which parts is a drawing made of, to a family of units?

The layer before is split into a few factors that several images share; each factor draws its own spline.
"""

from __future__ import annotations

from typing import Annotated, Literal

from figures.artifact import Artifact, Table
from figures.charts import drawings
from figures.charts import tracing as charts
from figures.control import with_control
from figures.methods import datasets, factor_tracing, models, tracing
from figures.parameters import Dataset, Knots, Model, Pictures, Seed, Side, Steps, Stroke, Units
from figures.ranges import Between
from figures.registry import figure
from figures.words import factor_tracing as words


@figure("factor-tracing")
def draw(
    *,
    units: Units = (
        "mixed3b:163", "mixed3b:188", "mixed3b:96", "mixed3b:175", "mixed3b:246", "mixed3b:154", "mixed3b:81",
        "mixed3b:194", "mixed3b:181", "mixed3b:164",
    ),
    images: Pictures = ("1", "4", "7"),
    reused: Pictures = ("9",),
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
) -> Artifact:  # fmt: skip
    """Trace images with one coloured spline for each factor of the layer before.

    units: the family that is to see the drawing as it sees the image, of one layer
    images: the pictures that make the factors together: files beside the article, or images of the data set
    reused: pictures that take the factors as they are
    factors: how many parts, at most 8
    of: what is split: the activations of the layer before, or what the family draws from them
    steps: for how many steps it is bent
    seed: draws the starts of factors and splines
    """
    network = models.load(model)
    shown = factor_tracing.asked(network, datasets.load(dataset), images, reused)
    search = tracing.Search(knots=knots, steps=steps, width_px=width_px, seed=seed, starts=16, kept=2)

    def drawn(seer: models.Model) -> Artifact:
        seen = factor_tracing.of(seer, shown, units, factors, split=of, search=search)
        said, covers = words.factor_tracing(seen), factor_tracing.covers(seer, seen, search, side_px=2 * tile)
        sheet = charts.factors(seen, covers, tile_px=tile, alt_text=said.alt)
        return said.artifact([sheet], Table.of(seen.columns(drawings.COLOURS)))

    return with_control(drawn, network, control)
