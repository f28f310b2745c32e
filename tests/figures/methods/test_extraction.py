"""Curve extraction: the scenes hold what they say, counting is exact, and the two methods are told apart fairly."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
import torch

from figures.methods import extraction as extractions
from figures.methods import models
from figures.methods.activations import activations
from figures.methods.contributions import contributions
from figures.methods.extraction import caused, counted, edges_of, extraction, rates, scenes, traces

UNITS = (163, 188, 96, 175, 246, 154)
SIZE = {"size_px": 64, "field_px": 46}


@pytest.fixture(scope="module")
def model() -> models.Model:
    return models.load("glyphs")


def test_scenes_repeat_with_their_seed_and_noise_changes_no_curve():
    clean, noisy, again = (scenes(4, **SIZE, noise=noise, seed=3) for noise in (0.0, 0.2, 0.2))
    assert np.array_equal(clean.curves, noisy.curves)
    assert np.array_equal(noisy.images, again.images)
    assert np.std(noisy.images - clean.images) == pytest.approx(0.2, rel=0.15)
    other = scenes(4, **SIZE, noise=0.0, seed=4)
    assert not np.array_equal(other.curves, clean.curves)


@pytest.mark.parametrize("ground", extractions.GROUNDS)
def test_curves_are_where_images_differ_from_their_ground(ground):
    drawn = scenes(6, **SIZE, noise=0.0, ground=ground, seed=1)
    assert drawn.images.shape == (6, 1, 64, 64)
    assert ((drawn.curves.mean(axis=(1, 2)) > 0.01) & (drawn.curves.mean(axis=(1, 2)) < 0.25)).all()
    for image, curve in zip(drawn.images[:, 0], drawn.curves, strict=True):
        assert abs(image[curve].mean() - image[~curve].mean()) > 0.15


def test_counting_by_hand():
    found, curve = np.zeros((2, 1, 9, 9), bool)
    curve[0, 4, 2:7] = True
    found[0, 6, 4] = True  # two below the curve
    found[0, 0, 0] = True
    assert counted(found, curve, 2.0).tolist() == [[2, 1, 5, 1]]
    assert counted(found, curve, 1.9).tolist() == [[2, 0, 5, 0]]
    assert counted(found, curve, 2.3).tolist() == [[2, 1, 5, 3]]
    assert rates(np.array([2, 1, 5, 3])).tolist() == pytest.approx([0.5, 0.6, 2 * 0.3 / 1.1])
    assert rates(np.array([0, 0, 5, 0])).tolist() == [0, 0, 0]


def test_all_pixels_recall_all_and_the_truth_is_perfect():
    curves = scenes(3, **SIZE, noise=0.0).curves
    assert rates(counted(curves, curves, 0.0).sum(axis=0)).tolist() == [1, 1, pytest.approx(1)]
    everything = rates(counted(np.ones_like(curves), curves, 0.0).sum(axis=0))
    assert everything[1] == 1
    assert everything[0] == pytest.approx(curves.mean())


def test_edges_lie_on_both_sides_of_a_stroke():
    image = np.full((1, 1, 32, 32), 0.8, np.float32)
    image[0, 0, 14:18] = 0.2
    rows = np.unique(np.nonzero(edges_of(image, 1.0, 0.2)[0])[0])
    assert len(rows) >= 2
    assert np.abs(rows - 15.5).max() <= 3
    assert not edges_of(np.full_like(image, 0.5), 1.0, 0.2).any()


def test_what_a_family_does_is_the_sum_over_its_places_that_fire(model):
    image = scenes(1, **SIZE, noise=0.0, seed=2).images
    amount = caused(model, torch.as_tensor(image), "mixed3b", (188,), "mixed3a")
    z = activations(model, image, "mixed3b")[0, 188]
    places = (z > 0).nonzero().numpy()
    assert len(places) > 2
    maps = contributions(model, image.repeat(len(places), axis=0), model.unit("mixed3b:188"), places).maps
    assert torch.allclose(amount[0], maps.sum(dim=0).abs(), atol=1e-3)


def test_a_family_that_is_silent_leaves_no_trace(model):
    def build() -> torch.nn.Module:
        network = model.maker.build()
        with torch.no_grad():
            network.mixed3b.fives.conv.weight.zero_()
            network.mixed3b.fives.conv.bias.fill_(-1)
        return network

    silent = dataclasses.replace(model, maker=models.Maker(f"{model.digest} without fives", build))
    image = scenes(1, **SIZE, noise=0.0).images
    recipe = dataclasses.replace(extractions.RECIPE, steps=2)
    assert not traces(silent, image, "mixed3b", (188,), recipe=recipe).any()


def test_traces_do_not_depend_on_the_images_beside_them(model):
    images = scenes(3, **SIZE, noise=0.1).images
    recipe = dataclasses.replace(extractions.RECIPE, steps=4)
    together = traces(model, images, "mixed3b", UNITS, recipe=recipe)
    assert traces(model, images[:1], "mixed3b", UNITS, recipe=recipe)[0] == pytest.approx(together[0], abs=0.02)
    assert together.shape == (3, 64, 64)
    assert np.quantile(together, 0.99, axis=(1, 2)) == pytest.approx(1)


@pytest.fixture(scope="module")
def found(model) -> dict[str, np.ndarray]:
    return extraction(model, "mixed3b", UNITS, noises=(0.0, 0.2), images=3, tuning=2)


@pytest.mark.slow
def test_rates_are_those_of_the_pixels_found(found):
    for method, name in enumerate(("canny", "attribution")):
        for noise in range(2):
            counts = counted(getattr(found, name)[noise], found.curves[noise], 2.0)
            assert found.rates[method, noise] == pytest.approx(rates(counts.sum(axis=0)))
            assert found.by_image[method, noise] == pytest.approx(rates(counts))
            if name == "canny":
                again = edges_of(found.scenes[noise][:, None], *found.settings[noise, :2])
            else:
                again = found.traces[noise] > found.settings[noise, 2]
            assert np.array_equal(again, getattr(found, name)[noise])


@pytest.mark.slow
def test_without_noise_a_learned_family_finds_curves_and_an_untrained_one_does_not(model, found):
    everything = found.everything[0, 2]
    assert (found.rates[:, 0, 2] > everything + 0.25).all()
    blank = extraction(models.untrained(model), "mixed3b", UNITS, noises=(0.0,), images=3, tuning=2)
    assert blank.rates[1, 0, 2] < found.rates[1, 0, 2] - 0.2
    assert np.array_equal(blank.canny[0], found.canny[0])


def test_images_that_settings_are_chosen_on_are_not_counted(found):
    known = scenes(2, **SIZE, noise=0.0, seed=0)
    assert not any(np.array_equal(one, other) for one in known.curves for other in found.curves[0])
