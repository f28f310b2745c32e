"""How often does a unit fire, and how strongly?

The distribution of a unit's activation over all positions of all images: a silent bulk
and, for most units, tails that fall off exponentially.
"""

from __future__ import annotations

from typing import Annotated

from figures.artifact import Artifact, Table
from figures.charts import distribution as charts
from figures.methods import datasets, distribution, models
from figures.parameters import Dataset, Model, Seed, Unit
from figures.ranges import Between, Length
from figures.registry import figure
from figures.words import distribution as words


@figure("activation-distribution", control=True)
def activation_distribution(
    *,
    unit: Unit,
    tail: Annotated[tuple[float, ...], Between(0, 100), Length(2, 2)] = (1.0, 4.0),
    model: Model = "glyphs",
    dataset: Dataset = "glyphs:6000",
    seed: Seed = 0,
) -> Artifact:
    """Draw the density of a unit's activation, linear and logarithmic, with its exponential tails.

    unit: whose activations.
    tail: where the tails are fitted, from and to, in standard deviations away from the mean.
    dataset: the images that are scanned.
    seed: draws the crops of the scan that this shares with other figures; the numbers do not depend on it.
    """
    seen = distribution.of(models.load(model), datasets.load(dataset), unit, tail, seed=seed)
    said = words.distribution(seen)
    chart = charts.draw(seen, heading=words.heading(seen), axis=words.axis(seen), alt_text=said.alt)
    return said.artifact([chart], Table.of(seen.columns(), decimals=None))
