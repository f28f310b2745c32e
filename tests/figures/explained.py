"""Explained crops that are made up."""

from __future__ import annotations

import numpy as np

from figures.methods.attribution import Attributions
from figures.methods.explained_crops import ExplainedCrops


def explained(*, signed: bool = False, empty: bool = False) -> ExplainedCrops:
    """Explain two crops of a unit: the first moved by 3 and held back by 1, the second by 2 and 2, or by nothing."""
    driving, holding = np.array([3.0, 0.0 if empty else 2.0]), np.array([-1.0, 0.0 if empty else -2.0])
    seen = Attributions(
        images=np.zeros((2, 12, 12, 4), np.uint8),
        crops=np.full((2, 12, 12, 3), 99, np.uint8),
        value=np.array([2.5, 0.25]),
        total=driving + holding,
        rest=np.array([0.5, 0.25]),
        driving=driving,
        holding=holding,
        channel=np.array([61, 3]),
        share=np.array([0.2, 0.1]),
        empty=np.array([False, empty]),
    )
    place = np.array([[7, 4, 5], [2, 0, 15]])
    return ExplainedCrops("glyphs", "glyphs:9", "mixed3b:188", "mixed3a", signed, place, (), seen)
