"""Every content in every style serves probes: a class is one picture, and the other cue's classes are held out."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from figures.methods import datasets
from figures.methods.cues.transfer import Recipe
from figures.methods.probes import dimensionality, linear_probes, stylised_pictures
from figures.methods.probes.decoding import folds_of
from figures.methods.probes.stylised_pictures import Alone, StylisedPictures
from tests.figures import small_networks


@pytest.fixture
def made(noises: list[Path]) -> StylisedPictures:
    encoder = small_networks.model(small_networks.convolutional)
    return stylised_pictures.of(encoder, datasets.load("glyphs:4"), noises[:3], noises[3:], Recipe(steps=1))


def test_contents_tell_the_shape_and_styles_the_texture(made: StylisedPictures) -> None:
    known = made.labels()
    assert known.shape.tolist() == [0] * 4 + [1] * 4 + [2] * 4
    assert known.texture.tolist() == [0, 1, 2, 3] * 3
    assert made.images(np.array([0, 11]), 8).shape == (2, 3, 8, 8)
    assert "12 pictures, 3 contents each in the styles of 4 others" in made.words
    assert made.digest != StylisedPictures(made.pictures, made.styles, made.contents, "").digest


def test_whole_styles_are_held_out_for_shape_and_whole_contents_for_texture() -> None:
    shape, texture = np.indices((3, 4)).reshape(2, -1)
    known = Alone(shape, texture, 0 * shape, 0 * shape)
    folds = folds_of(known.shape, known.held_out("shape"), 3, seed=0)
    assert all(len(set(folds[texture == style])) == 1 for style in range(4))
    assert set(folds) == {0, 1, 2}
    assert len(set(folds_of(known.texture, known.held_out("texture"), 5, seed=0))) == 3


def test_both_probes_are_measured_on_them_and_say_what_was_held_out(made: StylisedPictures) -> None:
    network = small_networks.model(small_networks.convolutional)
    layer = network.main[:1]
    seen = linear_probes.of([network], made, layer, kind="pooled", folds=3, control=False, seed=0)
    assert seen.chance == {"shape": pytest.approx(1 / 3), "texture": pytest.approx(1 / 4)}
    assert "which picture it was" in seen.held_out
    pairs = dimensionality.of([network], made, layer, pairs=100, other="independent", seed=0).pairs
    assert pairs == {"shape": 3 * 6, "texture": 4 * 3}
