"""Which units of a layer of a network meet the rule for curve detectors."""

from __future__ import annotations

import numpy as np

from figures.measurement import measurement
from figures.methods import curves
from figures.methods.activations import activations
from figures.methods.datasets import Dataset
from figures.methods.models import Model

IMAGES = 400


@measurement
def curve_family(model: Model, dataset: Dataset, layer: str, *, images: int = IMAGES) -> dict[str, np.ndarray]:
    """Find the strict curve units of a layer, in order of preferred orientation.

    unit, preferred_deg, half_width_deg (n,); `images` images of the data set give each unit's
    ceiling. The thresholds are those of `curves.STRICT`.
    """
    seen = dataset.images(range(min(images, len(dataset))))
    tuned = curves.measure_tuning(lambda batch: activations(model, batch, layer), seen, size_px=model.input_size)
    found = curves.curve_units(tuned)
    return {
        "unit": np.array(found.units, dtype=np.int64),
        "preferred_deg": np.array(found.preferred_deg, dtype=np.float64),
        "half_width_deg": np.array(found.half_width_deg, dtype=np.float64),
    }
