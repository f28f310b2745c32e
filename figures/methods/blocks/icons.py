"""Small feature visualizations that stand for channels: fewer steps, and a smaller view where much is seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from figures.methods.datasets import Dataset
from figures.methods.feature_visualization import Recipe, colours_of, visualize
from figures.methods.feature_visualization.objectives import look_at
from figures.methods.models import Model

VIEW_PX, STEPS = 96, 64
ICON = Recipe(steps=STEPS, redirected_steps=4, picture_px=144)
"""Redirected rectifiers take four times as long as plain ones, and few steps of them wake what is silent."""


def recipe(model: Model, layer: str, steps: int = STEPS) -> Recipe:
    """Return how pictures of a layer's channels are made: in a view of at most `VIEW_PX` where the network takes it."""
    made = replace(ICON, steps=steps)
    if look_at(model, layer, made.objective).side_px <= VIEW_PX:
        return made
    try:
        look_at(model, layer, made.objective, VIEW_PX)
    except ValueError:  # a network that takes images of its own size only
        return made
    return replace(made, size_px=VIEW_PX)


def of(model: Model, dataset: Dataset, layer: str, channels: Sequence[int], *, steps: int, seed: int) -> np.ndarray:
    """Return a picture for each channel of a layer, (n, side, side, 3) uint8, in the colours of a data set."""
    units = [f"{layer}:{channel}" for channel in channels]
    how = recipe(model, layer, steps)
    return visualize(model, units, recipe=how, seed=seed, colours=colours_of(dataset)).images
