"""What curve does a family of units see in an image?

A spline bends, step by step, until the network answers the drawing as it answers the image.
"""

from __future__ import annotations

from figures.artifact import Artifact, Table
from figures.charts import tracing as charts
from figures.control import with_control
from figures.methods import datasets, models, spline_tracing, tracing
from figures.parameters import Dataset, Knots, Model, Picture, Seed, Side, Steps, Stroke, Units
from figures.registry import figure
from figures.words import spline_tracing as words


@figure("spline-tracing")
def draw(
    *,
    units: Units = (
        "mixed3b:163", "mixed3b:188", "mixed3b:96", "mixed3b:175", "mixed3b:246", "mixed3b:154", "mixed3b:81",
        "mixed3b:194", "mixed3b:181", "mixed3b:164",
    ),
    image: Picture | None = None,
    knots: Knots = 7,
    steps: Steps = 96,
    width_px: Stroke | None = None,
    model: Model = "glyphs",
    dataset: Dataset = "glyphs:6000",
    seed: Seed = 0,
    control: bool = False,
    size: Side = 192,
) -> Artifact:  # fmt: skip
    """Trace an image with one spline, found through the network; a slider shows it bend.

    units: the family that is to see the drawing as it sees the image, of one layer
    image: a picture beside the article, or one of the data set; without it, a curve drawn by lot, which is known
    knots: how many points bend the spline
    steps: for how many steps it is bent
    dataset: where the image comes from
    seed: draws the starts, and the curve where there is no image
    """
    network = models.load(model)
    search = tracing.Search(knots=knots, steps=steps, width_px=width_px, seed=seed)
    shown = spline_tracing.source(network, datasets.load(dataset), image, search)

    def drawn(seer: models.Model) -> Artifact:
        seen = spline_tracing.of(seer, shown, units, search)
        looks = spline_tracing.looks(seer, seen, search, side_px=2 * size)
        pictures = charts.pictures(seen, shown, looks, size_px=size)
        return words.spline_tracing(seen, shown).artifact(pictures, Table.of(seen.columns()), [charts.slider(seen)])

    return with_control(drawn, network, control)
