"""Records of what was traced, made by hand: what they hold is known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from figures.methods.extraction import Extraction
from figures.methods.factor_tracing import FactorTraces
from figures.methods.spline_tracing import Looks, Source, Tracing

NOISES = (0.0, 0.5, 1.0)


def source(truth: bool = True) -> Source:
    """Return a grey image of 16 px."""
    return Source(np.full((1, 16, 16), 0.5, np.float32), "a curve", np.zeros((3, 2)) if truth else None)


def tracing(steps: int = 20, known: bool = True) -> Tracing:
    """Return a spline of four knots that comes nearer at every step, from a cosine of 0.2 to one of 0.9."""
    way = np.linspace(0, 1, steps + 1)
    away = 5 - 4 * way if known else np.full(steps + 1, np.nan)
    knots = np.zeros((steps + 1, 4, 2))
    return Tracing(("b:1", "b:2"), "b", "a", knots, 0.2 + 0.7 * way, 10 + way, away)


def looks(seen: Tracing) -> Looks:
    """Return a path for each stage of a tracing; the last covers the left half of the image."""
    over = np.zeros((1, 32, 32))
    over[:, :, :16] = 1
    return Looks(tuple(f"M{step},0L9,9" for step in seen.stages), over, 16, 2.5)


def factor_traces(**changes: object) -> FactorTraces:
    """Return three images, of which the last reuses two factors, one of them with nothing below it."""
    score = np.array([[0.9, 0.5], [0.7, 0.3], [0.8, np.nan]])
    error = np.array([0.2, 0.4, 0.7])
    return replace(
        FactorTraces(
            ("image 1", "image 4", "image 9"), np.full((3, 16, 16, 1), 100, np.uint8), 1, "activations", "a",
            np.array([0.5, 0.25]), np.full((3, 2), 0.3), error, np.full((3, 2), 0.4), np.zeros((3, 2, 4, 2)), score,
        ),
        **changes,
    )  # fmt: skip


def extraction() -> Extraction:
    """Return two methods at three noises: Canny is ahead at the first, attribution at the last two."""
    rates = np.zeros((2, 3, 3))
    rates[0, :, 2], rates[1, :, 2] = (0.9, 0.5, 0.1), (0.8, 0.6, 0.4)
    rates[:, :, 0] = 0.75
    by_image = np.zeros((2, 3, 4, 3))
    by_image[..., 2] = rates[:, :, None, 2] + np.arange(4) / 100
    grey = np.broadcast_to(np.linspace(0, 1, 3)[:, None, None, None], (3, 4, 8, 8))
    found = np.ones((3, 4, 8, 8), bool)
    return Extraction(grey, found, found, ~found, grey, rates, by_image, np.full((3, 3), 0.05), np.zeros((3, 3)))
