"""Which units of a layer of a network meet the rule for curve detectors."""

from __future__ import annotations

import numpy as np

from figures.methods import finding
from figures.methods.curves import CEILING_IMAGES
from figures.methods.datasets import Dataset
from figures.methods.finding import scale
from figures.methods.models import Model

__all__ = ["curve_family", "scale"]


def curve_family(model: Model, dataset: Dataset, layer: str, *, images: int = CEILING_IMAGES) -> dict[str, np.ndarray]:
    """Find the strict curve units of a layer, in order of preferred orientation.

    unit, preferred_deg, half_width_deg (n,); `images` images of the data set give each unit's
    ceiling. The thresholds are those of `curves.STRICT`.
    """
    found = finding.curve_tuning(model, dataset, layer, images=images)
    units = finding.chosen(found)
    return {"unit": units, **{name: found[name][units] for name in ("preferred_deg", "half_width_deg")}}
