"""Readings and dimensions of layers, made up for tests of words and drawings; labels of few pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch

from figures.methods.probes.decoding import Decoded
from figures.methods.probes.dimensionality import Dimensionality, Stage
from figures.methods.probes.dimensions import Dimensions
from figures.methods.probes.linear_probes import PIXELS, TRAINED, UNTRAINED, LinearProbes, Reading
from figures.methods.probes.stimuli import CUES, Labels

LAYERS = ("a", "b.c")


def labels(classes: int = 3, exemplars: int = 4, textures: int = 3, seed: int = 0) -> Labels:
    """Every figure in some textures drawn at random."""
    random, count = np.random.default_rng(seed), classes * exemplars
    figure = np.tile(np.arange(count), textures)
    texture = np.concatenate([random.permutation(count) for _ in range(textures)])
    return Labels(figure % classes, texture % classes, figure // classes, texture // classes)


@dataclass(frozen=True)
class Flat:
    """Pictures of one colour, red by their shape and green by their texture."""

    exemplars: int = 4
    textures: int = 3

    @property
    def words(self) -> str:
        return "flat pictures"

    def labels(self) -> Labels:
        return labels(3, self.exemplars, self.textures)

    def images(self, numbers: np.ndarray, size_px: int) -> torch.Tensor:
        known = self.labels()
        colours = np.stack([known.shape, known.texture, np.zeros(len(known))], axis=1)[numbers] / 3
        return torch.from_numpy(colours).float()[:, :, None, None].expand(-1, -1, size_px, size_px)


def probes(networks: Sequence[str] = ("net",), kind: str = "pooled", control: bool = True) -> LinearProbes:
    """Shape grows from .2 to .8, texture falls from .6 to .4; two folds .1 apart; untrained a half of that."""
    means = {("shape", "a"): 0.2, ("shape", "b.c"): 0.8, ("texture", "a"): 0.6, ("texture", "b.c"): 0.4}
    readings = tuple(
        Reading(network, state, layer, cue, 8, (1, 1), _folds(means[cue, layer] * share))
        for network in networks
        for state, share in ((TRAINED, 1.0), (UNTRAINED, 0.5))
        if control or state == TRAINED
        for layer in LAYERS
        for cue in CUES
    )
    raw = tuple(Reading("", "", PIXELS, cue, 192, (8, 8), _folds(0.15)) for cue in CUES)
    return LinearProbes(readings, raw, dict.fromkeys(networks, LAYERS), dict.fromkeys(CUES, 0.0625), kind, "pictures")


def _folds(mean: float) -> Decoded:
    return Decoded(np.array([mean - 0.05, mean + 0.05]), np.array([3.0, 30.0]))


def stages(networks: Sequence[str] = ("net",), other: str = "independent") -> Dimensionality:
    """Two layers of four units: in the first none varies with shape, in the second two do, one with texture."""
    first = Dimensions(0.0, 0.5, np.array([0.0, 0.1, 0.0, 0.0]), np.array([0.9, 0.1, 0.0, 0.5]))
    second = Dimensions(0.8, 0.1, np.array([0.9, 0.5, 0.1, -0.1]), np.array([0.1, 0.3, 0.6, 0.1]))
    both = tuple(
        Stage(one, layer, each) for one in networks for layer, each in zip(LAYERS, (first, second), strict=True)
    )
    expected = {"shape": 0.01, "texture": -0.02}
    return Dimensionality(
        both, dict.fromkeys(networks, LAYERS), expected, {"shape": 9, "texture": 8}, other, "pictures"
    )
