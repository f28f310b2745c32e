"""How many dimensions of a layer belong to shape, to texture and to neither, by what varies together in pairs.

Islam, Kowal et al. (2021, "Shape or Texture: Understanding Discriminative Features in CNNs", section 3), after Esser,
Rombach and Ommer (2020): the score of a cue is the covariance within pairs that share it, over all units, divided by
the variance over all pictures; the residual's is 1. Shares are the softmax of the three scores, counts of
units the shares rounded down, the remainder to the residual. That each unit has a kind is ours.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

SHARES = ("shape", "texture", "residual")
KINDS = ("shape", "texture", "neither")
LEAST = 0.2
"""The correlation from which on a unit is said to be of a cue."""
_STILL = 1e-8
"""Units that vary less answer the same to all pictures."""
LOW = 1 / (1 + 2 * math.e)
HIGH = math.e / (1 + 2 * math.e)
NO_EVIDENCE = 1 / (2 + math.e)
"""What share a cue of score 0 has beside one of 1, one of 1 beside 0, and two of 0: of the residual the rest."""


@dataclass(frozen=True)
class Dimensions:
    """Scores of shape and texture of one layer, and the correlation of each of its units, (units,), within pairs."""

    score_shape: float
    score_texture: float
    rho_shape: np.ndarray
    rho_texture: np.ndarray

    @property
    def shares(self) -> tuple[float, float, float]:
        """The shares of shape, texture and residual; they sum to 1."""
        raised = [math.exp(score) for score in (self.score_shape, self.score_texture, 1.0)]
        shape, texture, residual = (each / sum(raised) for each in raised)
        return shape, texture, residual

    @property
    def counts(self) -> tuple[int, int, int]:
        """How many units the shares stand for; they sum to all."""
        shape, texture = (math.floor(share * len(self.rho_shape)) for share in self.shares[:2])
        return shape, texture, len(self.rho_shape) - shape - texture

    @property
    def kinds(self) -> np.ndarray:
        """The kind of each unit, (units,), as a place among `KINDS`: what it varies with more, if with any."""
        shape, texture = self.rho_shape, self.rho_texture
        kinds: np.ndarray = np.where(shape > texture, 0, 1)
        kinds[~(np.maximum(shape, texture) > LEAST)] = 2
        return kinds


def dimensions(together: tuple[np.ndarray, np.ndarray], variance: np.ndarray) -> Dimensions:
    """Score covariances within pairs, (units,) of shape and of texture, against the variance (units,) over all.

    Units that do not vary correlate with nothing.
    """
    moving = variance > _STILL
    whole = variance[moving].sum()
    scores = [float(each[moving].sum() / whole) if whole else 0.0 for each in together]
    shape, texture = (np.where(moving, each / np.where(moving, variance, 1), 0.0) for each in together)
    return Dimensions(scores[0], scores[1], shape, texture)
