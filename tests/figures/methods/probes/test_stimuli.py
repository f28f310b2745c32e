"""Each figure wears several textures, each texture is worn by several figures, and neither tells the other."""

from __future__ import annotations

import numpy as np
import torch

from figures.methods.probes.stimuli import CUES, Crossed


def test_figures_and_textures_are_used_equally_often() -> None:
    known = Crossed(exemplars=3, textures=4, seed=1).labels()
    assert len(known) == 3 * 16 * 4
    for cue in CUES:
        assert np.bincount(known.groups(cue)).tolist() == [4] * 48
        assert np.bincount(known.classes(cue)).tolist() == [12] * 16


def test_an_exemplar_is_of_one_class() -> None:
    known = Crossed(exemplars=3, textures=2, seed=1).labels()
    for cue in CUES:
        pairs = set(zip(known.groups(cue).tolist(), known.classes(cue).tolist(), strict=True))
        assert len(pairs) == 48


def test_shape_and_texture_meet_as_chance_has_it() -> None:
    known = Crossed(exemplars=20, textures=4, seed=0).labels()
    expected, spread = len(known) / 16, np.sqrt(len(known) / 16)
    assert abs(np.sum(known.shape == known.texture) - expected) < 4 * spread


def test_a_picture_is_the_same_alone_and_fits_the_network() -> None:
    pictures = Crossed(exemplars=1, textures=2, seed=0)
    together, alone = pictures.images(np.arange(32), 32), pictures.images(np.array([20]), 32)
    assert together.shape == (32, 3, 32, 32)
    assert torch.equal(together[20], alone[0])
    assert not torch.equal(Crossed(1, 2, 1).images(np.array([20]), 32)[0], alone[0])
