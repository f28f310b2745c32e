"""A picture and maps of it, made up for tests of words and drawings."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from figures.methods.saliency.maps import Recipe
from figures.methods.saliency.saliency import Saliency
from figures.methods.saliency.salient_picture import SalientPicture

METHODS = ("guided", "integrated-gradients", "occlusion")


def maps(seed: int = 0) -> Saliency:
    values = np.random.default_rng(seed).normal(size=(3, 3, 16, 16))
    curve = np.linspace(1, 0, 5) ** np.array([[1], [2], [3]])
    return Saliency(values, values.sum(axis=1), np.full(3, 2.0), np.full(3, 0.5), curve, 1 - curve)


def salient(**changed: object) -> SalientPicture:
    """A class of a network called net, by three methods, with a control."""
    made = SalientPicture(
        network="net", unit="logits:1", label="cat", place=None, rectified=False,
        picture=np.full((3, 16, 16), 0.5, np.float32), word="cat.jpg", methods=METHODS, recipe=Recipe(patch_px=2),
        trained=maps(), control=maps(1), correlations=np.array([0.9, 0.1, -0.2]),
    )  # fmt: skip
    alone = "control" in changed and changed["control"] is None
    return replace(made, **({"correlations": np.full(3, np.nan)} if alone else {}), **changed)
