"""Made-up feature visualizations: what their record would hold."""

from __future__ import annotations

import numpy as np

from figures.methods.feature_visualization import DEFAULT, Portraits, Recipe
from figures.methods.feature_visualization.reached import Reached

SIDE = 8


def reached(
    activation: tuple[float, ...] = (6.0, 0.05, -2.0), best: tuple[float, ...] = (4.0, 0.1, 1.0), *,
    classes: tuple[str, ...] = ("", "disc", ""), lowered: tuple[bool, ...] = (False, False, False),
    dead: tuple[bool, ...] = (False, False, True), recipe: Recipe = DEFAULT,
) -> Reached:  # fmt: skip
    """Return the record of three units, each picture of one grey."""
    numbers = np.array(activation, np.float32)
    greys = np.arange(1, len(numbers) * recipe.diversity + 1, dtype=np.uint8).reshape(len(numbers), recipe.diversity)
    pictures = np.broadcast_to(greys[..., None, None, None], (*greys.shape, SIDE, SIDE, 3))
    portraits = Portraits(
        pictures[:, 0], pictures[:, 0], numbers, numbers / 2, np.array(dead),
        pictures if recipe.diversity > 1 else None,
    )  # fmt: skip
    units = tuple(f"layer:{index}" for index in range(len(numbers)))
    return Reached(units, "net", 3, recipe, portraits, classes, lowered, np.array(best), None)
