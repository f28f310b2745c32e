"""An atlas of made-up vectors, for tests of words and drawings."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from figures.methods.atlas.atlas import Atlas, Grid, Wish
from figures.methods.atlas.cells import cells
from figures.methods.atlas.positions import SampledPositions

CLASSES = ("cat", "dog", "espresso")


def atlas(count: int = 60, **changed: object) -> Atlas:
    """An atlas of two grids; of a network called net, with pictures in one grey."""
    rng = np.random.default_rng(0)
    vectors, values = rng.random((count, 4)).astype(np.float32), rng.random((count, 3)).astype(np.float32)
    places, order = rng.random((count, 2)), np.arange(count)
    sampled = SampledPositions(
        vectors, order, order % 5, order % 7, np.array([7, 7]), np.array(1), np.array(count), np.zeros(0, str)
    )
    held = [cells(places, vectors, values, grid=grid, least=1) for grid in (3, 6)]
    grids = tuple(Grid(one, np.full((len(one), 8, 8, 3), 90, np.uint8), np.full(len(one), 0.5)) for one in held)
    made = Atlas(
        network="net", layer="mid", head="logits", classes=CLASSES, dataset="made-up", rectified=True,
        wish=Wish(grids=(3, 6), least=1), sampled=sampled, chosen=order, places=places, grids=grids, purity=0.4,
        chance=0.34,
    )  # fmt: skip
    return replace(made, **changed)
