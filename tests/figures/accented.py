"""A picture and its accents, made up for tests of words and drawings."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from figures.methods.feature_visualization.accented_picture import AccentedPicture
from figures.methods.feature_visualization.accentuation import Accented


def accented(**changed: object) -> AccentedPicture:
    """Two units, a channel and a class, of a network called net."""
    of = Accented(
        images=np.full((2, 16, 16, 3), 90, np.uint8), places=np.array([(3, 4), (-1, -1)]),
        before=np.array([1.0, 0.5]), after=np.array([3.0, 2.5]), changed=np.array([0.1, 0.25]),
    )  # fmt: skip
    made = AccentedPicture(
        units=("conv:3", "head:1"), network="net", picture=np.full((1, 16, 16), 0.5, np.float32), word="cat.jpg",
        classes=("", "cat"), lowered=(False, False), keep_layer="early", keep=1.0, accented=of,
    )  # fmt: skip
    return replace(made, **changed)
