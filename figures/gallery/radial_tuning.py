"""Which way must a curve bulge for each unit of a family to respond?"""

from __future__ import annotations

from typing import Literal

from figures.artifact import Artifact, Table
from figures.charts import icons as pictures
from figures.charts import radial, radial_rows
from figures.methods import models, tuning, unit_pictures
from figures.parameters import Dataset, Model, Orientations, Radii, Seed, Side, Units
from figures.registry import figure
from figures.words import tuning as words


@figure("radial-tuning", control=True)
def radial_tuning(
    *,
    units: Units,
    model: Model = "glyphs",
    dataset: Dataset = "glyphs:6000",
    seed: Seed = 0,
    orientations: Orientations = 720,
    radii_px: Radii | None = None,
    icons: Literal["feature-visualization", "stimulus", "none"] = "feature-visualization",
    angle: Literal["peak", "mean"] = "peak",
    normalise: Literal["none", "unit"] = "none",
    size: Side = 520,
    multiples: bool = False,
) -> Artifact:
    """Draw each unit's response to arcs of every orientation as a lobe around a ring.

    units: whose responses to draw, of one layer or several
    dataset: the images whose colours the feature visualizations have
    seed: where the feature visualizations start from
    icons: what stands around the ring at each unit's preferred orientation
    angle: the preferred orientation is where the response peaks, or its circular mean
    normalise: whether lobes share one scale, or each has its own
    size: diameter of the ring of icons in pixels
    """
    network = models.load(model)
    seen = tuning.of(network, units, orientations=orientations, radii_px=radii_px)
    towards = seen.summary.preferred_deg if angle == "peak" else seen.summary.mean_deg
    said, own = words.tuning(seen), normalise == "unit"
    shown = unit_pictures.of(icons, network, dataset, units, towards, seed=seed)
    around = pictures.small(shown)
    parts = [radial.draw(seen.rectified, towards, units, around, size=size, normalise=own, alt_text=said.alt)]
    if multiples:
        parts.append(radial_rows.each(seen.rectified, towards, units, normalise=own))
    return said.artifact(parts, Table.of(seen.columns()))
