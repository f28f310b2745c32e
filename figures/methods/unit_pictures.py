"""Small pictures that stand for units in a figure: what each looks for, or the arc that it prefers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch

from figures.methods import datasets, stimulus_looks
from figures.methods.feature_visualization import colours_of, visualize
from figures.methods.models import Model
from figures.methods.pictures import pixels

KINDS = ("feature-visualization", "stimulus", "none")
SIDE_PX = 96
"""Of drawn arcs."""


def of(
    kind: str, model: Model, dataset: str, units: Sequence[str], towards_deg: np.ndarray, *, seed: int = 0
) -> list[np.ndarray]:
    """Return a picture (side, side, 3) uint8 for each unit, none of the kind `none`; raises ValueError for others.

    A feature visualization has the colours of the data set of that name; a stimulus is an arc of the unit's layer
    that bulges `towards_deg` (units,).
    """
    if kind not in KINDS:
        raise ValueError(f"icons {kind!r}; expected {', '.join(KINDS)}")
    if kind == "none":
        return []
    if kind == "feature-visualization":
        return list(visualize(model, units, seed=seed, colours=colours_of(datasets.load(dataset))).images)
    return list(pixels(torch.as_tensor(stimulus_looks.arcs_towards(model, units, towards_deg, SIDE_PX))))
