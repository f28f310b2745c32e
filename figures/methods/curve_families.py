"""Which units of a layer of a network meet the rule for curve detectors."""

from __future__ import annotations

import numpy as np

from figures.measurement import measurement
from figures.methods import curves
from figures.methods.activations import activations
from figures.methods.datasets import Dataset
from figures.methods.models import Model

IMAGES = 400
FIELD_PX = 46
"""The receptive field that the arcs of `curves` were drawn for; those of others grow or shrink with it."""
_BATCH, _PIXELS = 144, 2**20


@measurement
def curve_family(model: Model, dataset: Dataset, layer: str, *, images: int = IMAGES) -> dict[str, np.ndarray]:
    """Find the strict curve units of a layer, in order of preferred orientation.

    unit, preferred_deg, half_width_deg (n,); `images` images of the data set give each unit's
    ceiling. The thresholds are those of `curves.STRICT`.
    """
    size, data = model.input_size, dataset.sized(model.input_size, model.channels)
    tuned = curves.measure_tuning(
        lambda batch: activations(model, batch, layer), data.usable(range(min(images, len(data))))[1],
        size_px=size, scale=scale(model, layer), batch=max(8, min(_BATCH, _PIXELS // size**2)),
    )  # fmt: skip
    found = curves.curve_units(tuned)
    return {
        "unit": np.array(found.units, dtype=np.int64),
        "preferred_deg": np.array(found.preferred_deg, dtype=np.float64),
        "half_width_deg": np.array(found.half_width_deg, dtype=np.float64),
    }


def scale(model: Model, layer: str) -> float:
    """Return how much larger a layer's arcs are than those of `curves`, as its receptive field is."""
    return min(model.receptive_field(layer).size_px, model.input_size) / FIELD_PX
