"""Glyphs under the conditions of a cue-conflict experiment: shape and texture are drawn as they are asked for."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch

from figures.glyphs import dataset as glyphs
from figures.methods.cues import conditions, rendered, silhouettes


def of(
    images: Sequence[int], shape: Sequence[int], texture: Sequence[int], seed: int = 0, turn_deg: float = 90.0
) -> np.ndarray:
    """Draw shapes (n,) under all conditions, (condition, n, 3, 64, 64), in the order of `conditions.CONDITIONS`.

    As it is, a shape has the texture that its class is paired with; in conflict it has `texture` (n,). `images` are
    the numbers of images that decide on all else.
    """
    indices, own = glyphs.HELD_OUT + torch.as_tensor(np.asarray(images)), list(shape)
    original, truth = glyphs.render(indices, seed=seed, variant=rendered.BOTH, shape=own, texture=own)
    conflict = rendered.drawn(images, own, texture, rendered.BOTH, seed)
    alone = rendered.drawn(images, [rendered.DISC] * len(own), own, rendered.TEXTURE_ALONE, seed)
    masks = silhouettes.drawn(truth)
    whole = original.numpy()
    drawn = (
        whole,
        np.stack([conditions.grey(image) for image in whole]),
        np.stack([conditions.silhouette(mask) for mask in masks]),
        np.stack([conditions.edges(image) for image in whole]),
        alone,
        conflict,
        np.stack([conditions.silhouette(conditions.turned(mask, turn_deg)) for mask in masks]),
    )
    return np.stack(drawn).astype(np.float32)
