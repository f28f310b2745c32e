"""Colours, blur and noise: what is asked for is what is painted."""

from dataclasses import replace

import numpy as np

from figures.glyphs import counter, painting
from figures.glyphs.dataset import masks, render
from tests.figures.glyphs.variants import SPARE


def test_ink_has_the_figure_colour_and_ground_the_ground_colour():
    plain = replace(SPARE, texture_contrast=(0.0, 0.0))
    images, truth = render(range(64), variant=plain)
    distance = masks(truth)
    for k in range(64):
        assert (images[k][:, distance[k] < -1] - truth.figure_rgb[k][:, None]).abs().max() < 0.02
        assert (images[k][:, distance[k] > 1] - truth.ground_rgb[k][:, None]).abs().max() < 0.02


KEYS = counter.keys(0, np.arange(400))


def test_figure_and_ground_are_as_far_apart_as_asked_for_and_of_a_colour() -> None:
    contrast, side = np.full(400, 0.3), np.linspace(0, 1, 400)
    drawn = painting.colours(KEYS, contrast, side, grey_share=1.0)
    figure, ground = drawn["figure_rgb"], drawn["ground_rgb"]
    assert (figure == figure[:, :1]).all()  # a share of 1 is grey throughout
    apart = np.abs(figure - ground)[:, 0]
    assert np.allclose(apart, 0.3)
    lighter = (figure > ground)[:, 0]
    assert 100 < lighter.sum() < 300
    coloured = painting.colours(KEYS, contrast, side, grey_share=0.0)
    assert (np.ptp(coloured["figure_rgb"], axis=1) > 0).mean() > 0.99
    assert coloured["figure_rgb"].min() >= 0
    assert coloured["figure_rgb"].max() <= 1


def test_blur_keeps_the_mean_and_leaves_alone_what_is_not_to_be_blurred() -> None:
    images = np.zeros((2, 3, 64, 64), np.float32)
    images[:, :, 30, 40] = 1
    painting._blur(images, np.array([0.0, 0.9]))
    assert images[0].sum() == 3
    assert images[0].max() == 1
    assert np.isclose(images[1].sum(), 3, rtol=1e-5)
    assert images[1, 0, 30, 40] < 0.5
    around = images[1, 0, 27:34, 37:44]
    assert np.isclose(around.sum(), 1, rtol=1e-5)
    for turned in (around[::-1], around[:, ::-1], around.T):
        assert np.allclose(turned, around)


def test_noise_has_the_deviation_asked_for() -> None:
    images = np.full((3, 3, 64, 64), 0.5, np.float32)
    painting._add_noise(images, np.array([0.0, 0.05, 0.1]), KEYS[:3])
    assert (images[0] == 0.5).all()
    assert np.allclose(images[1:].mean(axis=1).std(axis=(1, 2)), [0.05, 0.1], rtol=0.05)


def test_choices_are_each_image_s_own() -> None:
    together, alone = painting.choices(KEYS), painting.choices(KEYS[7:8])
    for name, values in alone.items():
        assert np.array_equal(values[0], together[name][7]), name
    assert set(together["ground_noise"].tolist()) == {0, 1, 2}
    assert set(together["flip"].tolist()) == set(range(8))
