"""Are the units of a family one feature at different orientations, on natural images too?

Images that drive the units most are turned through the whole circle; each unit should answer when
the feature points its way, in the same order as to drawn arcs.
"""

from __future__ import annotations

from typing import Annotated, Literal

from figures.artifact import Artifact, Table
from figures.charts import icons as pictures
from figures.charts import ridges, turned
from figures.methods import datasets, models, unit_pictures
from figures.methods import joint_tuning as methods
from figures.parameters import Count, Dataset, Model, Orientations, Seed, Units
from figures.ranges import Between
from figures.registry import figure
from figures.words import joint_tuning as words


@figure("joint-tuning", control=True)
def joint_tuning(
    *,
    units: Units,
    model: Model = "glyphs",
    dataset: Dataset = "glyphs:6000",
    seed: Seed = 0,
    align: str = "",
    examples: Count = 8,
    step: Annotated[float, Between(0.25, 45)] = 4.0,
    orientations: Orientations = 720,
    icons: Literal["feature-visualization", "stimulus", "none"] = "feature-visualization",
) -> Artifact:
    """Draw the responses of a family to images that turn through the circle, a ridge for each unit.

    units: the family, of one layer.
    dataset: where the images come from that drive each unit most.
    seed: where feature visualizations start from, and the draws of the scan.
    align: the unit whose responses are laid over each other; the first by default.
    examples: how many images of each unit are turned, at most 16.
    step: degrees from one angle to the next.
    orientations: how many directions of bulge to try for the order that drawn arcs give.
    icons: what stands before each row.
    """
    network, data = models.load(model), datasets.load(dataset)
    seen = methods.of(
        network, data, units, align=align, examples=examples, step_deg=step, orientations=orientations, seed=seed
    )
    said = words.joint_tuning(seen)
    shown = unit_pictures.of(icons, network, dataset, seen.units, seen.expected_deg, seed=seed)
    rows = ridges.rows(seen, pictures.small(shown))
    chart = ridges.draw(rows, title=words.axis(seen), alt_text=said.alt)
    return said.artifact([chart, turned.draw(seen.turning)], Table.of(seen.columns()))
