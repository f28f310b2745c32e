"""How does the response of one unit, or of a family, change as an arc turns?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from figures.artifact import Artifact, Table
from figures.charts import tuning_curves, vega
from figures.control import with_control
from figures.gallery.radial_tuning import describe, notes, stimuli_icons, summary_values
from figures.gallery.tuning_heatmap import sigmas
from figures.methods import datasets, models, tuning
from figures.methods.models import Model as Network
from figures.parameters import Dataset, Model, Units
from figures.registry import figure


@figure("tuning-curve")
def tuning_curve(
    *,
    units: Units,
    model: Model = "glyphs",
    dataset: Dataset = "glyphs:6000",
    orientations: int = 720,
    radii_px: tuple[float, ...] | None = None,
    normalise: Literal["unit", "none"] = "unit",
    height: int = 150,
    control: bool = False,
) -> Artifact:
    """Draw responses to arcs against orientation, over each other, above the arcs themselves.

    units: one unit, or the family to draw over each other
    model: the network
    dataset: the images over which the standard deviation is taken, where responses are not normalised
    orientations: how many directions of bulge to try, evenly spaced
    radii_px: the arcs' radii in pixels, over which responses are averaged; by default eight that suit the layer
    normalise: divide each curve by its own maximum, or none, and draw them in standard deviations
    height: height of the curves in pixels
    control: draw the same of the network before training beside it
    """
    network, options = models.load(model), Drawing(dataset, orientations, radii_px, normalise == "unit", height)
    return with_control(lambda one: draw(one, units, options), network, control)


@dataclass(frozen=True)
class Drawing:
    """The options of the figure, as `tuning_curve` names them; `own`: each curve by its own maximum."""

    dataset: str
    orientations: int
    radii_px: tuple[float, ...] | None
    own: bool
    height: int


def draw(network: Network, units: tuple[str, ...], options: Drawing) -> Artifact:
    """Draw the figure of one network."""
    measured = tuning.arc_responses(network, units, orientations=options.orientations, radii_px=options.radii_px)
    curves = tuning.responses(network, units, measured["pre_activation"]).mean(axis=2)
    told = tuning.summary(curves)
    shown = curves if options.own else curves / sigmas(network, datasets.load(options.dataset), units)[:, None]
    arcs = np.arange(tuning_curves.STIMULI) * (360 / tuning_curves.STIMULI)
    icons = stimuli_icons(network, network.unit(units[0]).layer, arcs, 60)
    drawing = tuning_curves.tuning_curves(
        tuning.rectify(shown), told["preferred_deg"], units, icons, normalise=options.own, unit="σ",
        height=options.height,
    )  # fmt: skip
    alt = describe(units, told)
    chart = vega.chart(drawing, name="tuning-curve", alt=alt, pointed=tuning_curves.POINTED)
    read = notes(network, units, told, measured["radius_px"])
    return Artifact(alt, (chart,), _table(units, curves), summary_values(told), read)


def _table(units: tuple[str, ...], curves: np.ndarray) -> Table:
    """List the responses of all units at every orientation."""
    angles = np.arange(curves.shape[1]) * 360 / curves.shape[1]
    columns = [[round(float(value), 4) for value in column] for column in (angles, *curves)]
    return Table(("orientation_deg", *units), tuple(zip(*columns, strict=True)))
