"""Is a family of units one feature, rotated?

Every unit's tuning curve is turned so that it prefers 0; its feature visualization so that it points where
another unit looks. Of copies, all curves are one, and every turned picture serves every unit.
"""

from __future__ import annotations

from typing import Annotated, Literal

from figures.artifact import Artifact, Table
from figures.charts import equivariance as charts
from figures.methods import datasets, models, tuning
from figures.methods import equivariance as methods
from figures.methods.feature_visualization import colours_of, visualize
from figures.parameters import Dataset, Model, Orientations, Radii, Seed, Units
from figures.ranges import Length
from figures.registry import figure
from figures.words import equivariance as words


@figure("equivariance", control=True)
def equivariance(
    *,
    units: Annotated[Units, Length(2)],
    model: Model = "glyphs",
    dataset: Dataset = "glyphs:6000",
    seed: Seed = 0,
    stimulus: Literal["feature-visualization", "arcs"] = "feature-visualization",
    orientations: Orientations = 360,
    radii_px: Radii | None = None,
) -> Artifact:
    """Draw tuning curves turned to one direction over each other, and how units answer each other's turned picture.

    units: the family
    dataset: the images whose colours the feature visualizations have
    seed: where the feature visualizations start from
    stimulus: what is turned from one unit's direction to another's: its picture, or the arcs alone
    """
    network, pictures = models.load(model), None
    if stimulus == "feature-visualization" and methods.one_layer(network, units):
        pictures = visualize(network, units, seed=seed, colours=colours_of(datasets.load(dataset))).inputs
    seen = methods.of(network, tuning.of(network, units, orientations=orientations, radii_px=radii_px), pictures)
    said = words.equivariance(seen)
    parts = [charts.draw(seen, alt_text=said.alt), *charts.matrices(seen)]
    return said.artifact(parts, Table.of(seen.columns()), [charts.PICTURES] if seen.pictures else [])
