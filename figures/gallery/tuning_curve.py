"""How does the response of one unit, or of a family, change as an arc turns?"""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import numpy as np

from figures.artifact import Artifact, Table
from figures.charts import icons, tuning_curves
from figures.methods import datasets, models, sigma, stimulus_looks, tuning
from figures.parameters import Dataset, Model, Orientations, Radii, Side, Units
from figures.registry import figure
from figures.words import tuning as words
from figures.words.images import unreadable
from figures.words.sigma import measure, symbol

ICON_PX = 60


@figure("tuning-curve", control=True)
def tuning_curve(
    *,
    units: Units,
    model: Model = "glyphs",
    dataset: Dataset = "glyphs:6000",
    orientations: Orientations = 720,
    radii_px: Radii | None = None,
    normalise: Literal["unit", "none"] = "unit",
    height: Side = 150,
) -> Artifact:
    """Draw responses to arcs against orientation, over each other, above the arcs themselves.

    units: one unit, or the family to draw over each other
    dataset: the images over which the standard deviation is taken, where responses are not normalised
    normalise: divide each curve by its own maximum, or none, and draw them in standard deviations
    height: height of the curves in pixels
    """
    network = models.load(model)
    seen = tuning.of(network, units, orientations=orientations, radii_px=radii_px)
    said, drawn, shown_in = words.tuning(seen), seen.rectified, ""
    if normalise == "none":
        scale = sigma.of(network, datasets.load(dataset), units)
        said = replace(said, notes=(measure(scale), *said.notes, *unreadable(scale)))
        drawn, shown_in = drawn / scale.values[:, None], symbol(scale)
    turns = np.arange(tuning_curves.STIMULI) * (360 / tuning_curves.STIMULI)
    arcs = stimulus_looks.arcs(network, network.unit(units[0]).layer, turns, ICON_PX)
    chart = tuning_curves.draw(
        drawn, seen.summary.preferred_deg, units, icons.uris(arcs, side_px=ICON_PX), normalise=normalise == "unit",
        unit=shown_in, height=height, alt_text=said.alt,
    )  # fmt: skip
    columns = dict(zip(units, seen.curves, strict=True))
    return said.artifact([chart], Table.of({"orientation_deg": seen.angles_deg, **columns}))
