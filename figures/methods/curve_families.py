"""The units of a layer that are tuned to arcs, as one family: found by a rule, or chosen."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from figures.methods import curves, finding, tuning_curves
from figures.methods.datasets import Dataset
from figures.methods.finding import CurveTuning
from figures.methods.layers import rectified
from figures.methods.models import Model

EIGHTH_DEG = 45


@dataclass(frozen=True)
class CurveFamily:
    """Units of one layer of a network that are tuned to arcs.

    units (n,): the numbers of those that belong to it, by preferred direction where a rule found them. drawn (m,):
    those of them that a figure draws. layer_units: how many units the layer has. scale: how much larger the arcs
    were than those of `curves`. rectified: whether a rectifier ends the layer. ceiling_images: how many images told
    how strongly a unit can respond, of the `dataset`; `broken` are the names of those that could not be read.
    """

    network: str
    layer: str
    layer_units: int
    tuning: CurveTuning
    units: np.ndarray
    drawn: np.ndarray
    scale: float
    rectified: bool
    ceiling_images: int
    dataset: str = ""
    broken: tuple[str, ...] = ()

    @property
    def images(self) -> int:
        """How many images were looked at."""
        return self.ceiling_images

    @property
    def names(self) -> tuple[str, ...]:
        """The units that belong to it, as they are written."""
        return tuple(f"{self.layer}:{unit}" for unit in self.units)

    @property
    def drawn_names(self) -> tuple[str, ...]:
        """The units that are drawn, as they are written."""
        return tuple(f"{self.layer}:{unit}" for unit in self.drawn)

    @property
    def drawn_curves(self) -> np.ndarray:
        """Responses of the units that are drawn, zero and above, (m, orientations)."""
        return tuning_curves.rectify(self.tuning.curve[self.drawn])

    @property
    def drawn_deg(self) -> np.ndarray:
        """The directions that the units that are drawn prefer, (m,)."""
        return self.tuning.preferred_deg[self.drawn]

    @property
    def preferred_deg(self) -> np.ndarray:
        """The directions that the units prefer, (n,)."""
        return self.tuning.preferred_deg[self.units]

    @property
    def half_width_deg(self) -> np.ndarray:
        """Half of the width of their curves at half the peak, (n,)."""
        return self.tuning.half_width_deg[self.units]

    @property
    def radii_px(self) -> tuple[float, float]:
        """The smallest and the largest radius of the arcs that were shown."""
        return curves.RADII_PX[0] * self.scale, curves.RADII_PX[-1] * self.scale

    @property
    def eighths(self) -> int:
        """How many of the eight equal ranges of the circle some unit prefers; the first starts at 0."""
        return len(np.unique(self.preferred_deg % 360 // EIGHTH_DEG))

    @property
    def median_width_deg(self) -> float:
        """The full width of their curves at half the peak; nan of an empty family, as all that follows."""
        return _known(np.median, self.tuning.width_deg[self.units])

    @property
    def median_echo(self) -> float:
        """What they answer to the opposite direction, as a share of the peak."""
        return _known(np.median, self.tuning.echo[self.units])

    @property
    def max_echo(self) -> float:
        """The largest share of its peak that one of them answers to the opposite direction."""
        return _known(np.max, self.tuning.echo[self.units])

    @property
    def median_resultant(self) -> float:
        """The mean resultant length of their curves."""
        return _known(np.median, self.tuning.resultant[self.units])

    @property
    def largest_gap_deg(self) -> float:
        """The widest stretch of the circle that none of them prefers."""
        return _known(tuning_curves.largest_gap_deg, self.preferred_deg)


def curve_family(model: Model, dataset: Dataset, layer: str, rule: str = "strict", most: int = 0) -> CurveFamily:
    """Find the units of a layer that meet a rule, by default that for curve detectors, `most` to be drawn (0: all)."""
    seen = finding.curve_tuning(model, dataset, layer)
    units = finding.chosen(seen, rule)
    return _family(model, dataset, layer, seen, units, finding.chosen(seen, rule, most) if most else units)


def of_units(model: Model, dataset: Dataset, units: Sequence[str]) -> list[CurveFamily]:
    """Gather units into a family for each of their layers."""
    wanted = list(dict.fromkeys(model.unit(unit) for unit in units))
    families = []
    for layer in dict.fromkeys(unit.layer for unit in wanted):
        own = np.array([unit.index for unit in wanted if unit.layer == layer])
        families.append(_family(model, dataset, layer, finding.curve_tuning(model, dataset, layer), own, own))
    return families


def main_layers(model: Model) -> list[str]:
    """List the main layers that have a map, in which units may look different ways."""
    return [layer for layer in model.main if model.part(layer).height > 1]


def listed(families: Sequence[CurveFamily]) -> dict[str, Sequence[object]]:
    """Return the columns of a list of units: their network, name, direction and half-width."""
    return {
        "network": [family.network for family in families for _ in family.units],
        "unit": [name for family in families for name in family.names],
        "preferred_deg": [angle for family in families for angle in family.preferred_deg.tolist()],
        "half_width_deg": [half for family in families for half in family.half_width_deg.tolist()],
    }


def columns(families: Sequence[CurveFamily]) -> dict[str, Sequence[object]]:
    """Return what a table says of families: a row each."""
    return {
        "layer": [family.layer for family in families],
        "units": [len(family.units) for family in families],
        "of": [family.layer_units for family in families],
        "drawn": [len(family.drawn) for family in families],
        "median_width_deg": [family.median_width_deg for family in families],
        "median_echo": [family.median_echo for family in families],
        "max_echo": [family.max_echo for family in families],
        "median_resultant": [family.median_resultant for family in families],
        "largest_gap_deg": [family.largest_gap_deg for family in families],
    }


def _family(
    model: Model, dataset: Dataset, layer: str, seen: CurveTuning, units: np.ndarray, drawn: np.ndarray
) -> CurveFamily:
    return CurveFamily(
        network=model.name,
        layer=layer,
        layer_units=model.size(layer),
        tuning=seen,
        units=units,
        drawn=drawn,
        scale=finding.scale(model, layer),
        rectified=rectified(model, layer),
        ceiling_images=int(seen.images),
        dataset=dataset.name,
        broken=tuple(seen.broken.tolist()),
    )


def _known(describe: Callable[[np.ndarray], float], values: np.ndarray) -> float:
    """Describe what is not nan; nan where nothing is known."""
    known = values[~np.isnan(values)]
    return float(describe(known)) if len(known) else math.nan
