"""Crops are chosen as was asked: the strongest, at random, of some images, or those with a label."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from figures.methods import chosen_crops, datasets, models, scan
from figures.methods.activations import activations
from figures.methods.labelled_crops import LabelledCrops

UNIT = "mixed3b:188"


@pytest.fixture(scope="module")
def model() -> models.Model:
    return models.load("glyphs")


@pytest.fixture(scope="module")
def data() -> datasets.Dataset:
    return datasets.load("glyphs:24")


@pytest.fixture(scope="module")
def seen(model, data) -> scan.LayerScan:
    return scan.of(model, data, "mixed3b")


def answers(model, data, places, unit: int = 188) -> np.ndarray:
    image, y, x = np.array(places).T
    maps = activations(model, data.images(image), "mixed3b")[:, unit].numpy()
    return maps[np.arange(len(image)), y, x]


def test_the_strongest_are_the_strongest_and_with_a_minus_the_weakest(model, data, seen):
    maps = activations(model, data.images(np.arange(24)), "mixed3b")[:, 188].flatten(1).numpy()
    best = chosen_crops.of_scan(seen, model.unit(UNIT), "strongest", 3)
    assert answers(model, data, best) == pytest.approx(np.sort(maps.max(axis=1))[::-1][:3], abs=1e-4)
    worst = chosen_crops.of_scan(seen, model.unit(f"{UNIT}-"), "strongest", 3)
    assert answers(model, data, worst) == pytest.approx(np.sort(maps.min(axis=1))[:3], abs=1e-4)


@pytest.mark.parametrize(("unit", "sign"), [(UNIT, 1), (f"{UNIT}-", -1)])
def test_places_at_random_follow_the_seed_and_fire_where_they_should(model, data, seen, unit, sign):
    target = model.unit(unit)
    drawn = [chosen_crops.of_scan(seen, target, "firing", 5, seed) for seed in (0, 0, 1)]
    assert drawn[0] == drawn[1] != drawn[2]
    assert (sign * answers(model, data, drawn[0]) > 0).all()
    anywhere = chosen_crops.of_scan(seen, target, "random", 24)
    assert len({image for image, _, _ in anywhere}) == 24
    assert (sign * answers(model, data, anywhere) < 0).any()


def test_a_unit_that_never_fires_is_an_error(model, seen):
    there = seen.reservoir.value[:, 188] <= 0
    quiet = dataclasses.replace(seen, reservoir=seen.reservoir[there])
    with pytest.raises(ValueError, match="fires for none of .* places drawn at random; expected choose random"):
        chosen_crops.of_scan(quiet, model.unit(UNIT), "firing", 2)


def test_an_image_is_shown_where_the_unit_answers_most(model, data):
    places = chosen_crops.of_images(model, data, model.unit(UNIT), (5, 2))
    assert [image for image, _, _ in places] == [5, 2]
    maps = activations(model, data.images(np.array([5, 2])), "mixed3b")[:, 188]
    assert answers(model, data, places) == pytest.approx(maps.amax(dim=(1, 2)).numpy(), abs=1e-4)
    with pytest.raises(ValueError, match="no image 24: glyphs:24 has images 0 to 23"):
        chosen_crops.of_images(model, data, model.unit(UNIT), (24,))


def test_the_strongest_of_some_places_are_of_different_images():
    place = np.array([[4, 0, 0], [4, 1, 1], [2, 0, 0], [7, 3, 3], [2, 5, 5]])
    value = np.array([1.0, 9.0, 5.0, 7.0, 5.0])
    assert chosen_crops.strongest(place, value, 3) == ((4, 1, 1), (7, 3, 3), (2, 0, 0))
    assert chosen_crops.strongest(place, value, 1) == ((4, 1, 1),)
    assert all(type(at) is int for at in chosen_crops.strongest(place, value, 1)[0])


def test_mislabelled_crops_fire_and_have_the_label_by_most_of_their_annotators():
    place = np.array([[image, 1, 1] for image in range(5)])
    share = np.array([[0, 1], [0.5, 0.5], [0.25, 0.75], [1, 0], [0, 1]])
    crops = LabelledCrops(("curve", "rest"), place, np.array([1.0, 9.0, 3.0, 8.0, -2.0]), share, 9)
    assert chosen_crops.mislabelled(crops, "rest", 4, "a:1") == ((2, 1, 1), (0, 1, 1))
    assert chosen_crops.mislabelled(crops, "curve", 4, "a:1") == ((3, 1, 1),)
    silent = LabelledCrops(("curve", "rest"), place, -np.ones(5), share, 9)
    with pytest.raises(ValueError, match="a:1 fires for no crop labelled rest; expected another label"):
        chosen_crops.mislabelled(silent, "rest", 4, "a:1")
