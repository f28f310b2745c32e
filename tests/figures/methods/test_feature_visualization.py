"""Feature visualization by its properties: it climbs, its gradients are right, pictures are independent."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
import torch

from figures.methods import activations, feature_visualization, models
from figures.methods.feature_visualization import Recipe, objectives, transforms, visualize
from figures.methods.feature_visualization.glances import Glance
from figures.methods.feature_visualization.optimize import Ascent
from figures.methods.insides import graphs
from figures.units import Unit

QUICK = Recipe(steps=12, picture_px=64)
GENTLE = Recipe(steps=3, rate=1e-4, noise=0.0, jitter=0.0, rotation_deg=0.0, scaling=0.0)


@pytest.fixture(scope="module")
def model() -> models.Model:
    return models.load("glyphs")


def ascent(model: models.Model, recipe: Recipe, layer: str = "mixed3b", units: tuple[int, ...] = (3, 7)) -> Ascent:
    seeds = range(100, 100 + len(units) * recipe.diversity)
    wanted = [Unit(layer, index) for index in units]
    return Ascent.start(model, wanted, seeds, recipe, torch.eye(model.channels))


@pytest.mark.parametrize(("layer", "objective"), [
    ("conv1", "neuron"), ("mixed3b", "neuron"), ("mixed3b", "channel"), ("mixed4b", "neuron"), ("shape", "logit"),
])  # fmt: skip
def test_three_steps_raise_the_objective(model, layer, objective):
    climb = ascent(model, dataclasses.replace(GENTLE, objective=objective), layer)
    maps = transforms.still(2, climb.look.offset_px)
    before = climb.goal(Glance(maps))
    assert not climb.run().any()
    assert (climb.goal(Glance(maps)) > before).all()


def test_three_steps_lower_the_objective_when_negative(model):
    climb = ascent(model, dataclasses.replace(GENTLE, negative=True))
    before = climb.reached()
    climb.run()
    assert (climb.reached() < before).all()


@pytest.mark.parametrize(
    ("units", "pixels", "pictures"),
    [
        (5, 4, [3, 2]),  # not four, and one twice
        (3, 1, [2, 1 + 1]),
        (1, 4, [1 + 1]),  # alone, it would round otherwise than in company
        (2, 4, [2]),
    ],
)
def test_a_unit_is_computed_twice_only_where_it_is_the_only_one(
    model, monkeypatch: pytest.MonkeyPatch, units: int, pixels: int, pictures: list[int]
) -> None:
    monkeypatch.setattr(feature_visualization, "_PIXELS", pixels * model.input_size**2)
    climbing: list[int] = []
    start = Ascent.start

    def counted(model, units, *others) -> Ascent:
        climbing.append(len(units))
        return start(model, units, *others)

    monkeypatch.setattr(Ascent, "start", counted)
    visualize(model, [f"conv1:{index}" for index in range(units)], recipe=Recipe(steps=1, picture_px=16))
    assert climbing == pictures


@pytest.mark.slow
def test_seeds_change_pictures_and_repeat_them(model):
    one, same, other = (visualize(model, ("mixed3b:3",), recipe=QUICK, seed=seed).images for seed in (0, 0, 1))
    assert np.array_equal(one, same)
    assert np.abs(one.astype(int) - other).mean() > 5


@pytest.mark.slow
def test_the_recorded_activation_comes_back_from_the_picture(model):
    units = ("conv1:5", "mixed3a:9", "mixed3b:3", "mixed4b:7")
    found = visualize(model, units, recipe=QUICK)
    for index, unit in enumerate(units):
        image = np.moveaxis(found.inputs[index : index + 1], -1, 1) / 255
        layer, channel = unit.split(":")
        y, x = activations.center(model, layer)
        again = activations.activations(model, image, layer)[0, int(channel), y, x]
        assert float(again) == pytest.approx(float(found.activation[index]), rel=0.05, abs=0.1)


@pytest.mark.slow
def test_diverse_pictures_are_less_alike(model):
    def alike(apart: float) -> float:
        climb = ascent(model, Recipe(steps=40, diversity=3, apart=apart), units=(3,))
        climb.run()
        seen = transforms.view(climb.spectrum.decode(), transforms.still(3), climb.look.side_px)
        answer = activations.read(model, seen.detach(), ["mixed3b"])["mixed3b"]
        return float(objectives.likeness(answer, 3).mean())

    assert alike(2.0) < alike(0.0)


def test_shapes_of_what_is_returned(model):
    found = visualize(model, ("mixed3b:3", "shape:2"), recipe=Recipe(steps=1, diversity=2, alpha=True, picture_px=32))
    assert found.images.shape == (2, 32, 32, 4)
    assert found.variants.shape == (2, 2, 32, 32, 4)
    assert found.inputs.shape == (2, 64, 64, 4)
    assert found.images.dtype == np.uint8


def test_a_logit_belongs_to_a_head(model):
    with pytest.raises(ValueError, match="has no logit; expected a unit of shape or texture"):
        visualize(model, ("mixed3b:3",), recipe=Recipe(steps=1, objective="logit"))


@pytest.mark.slow
def test_pictures_by_phase_climb_and_need_a_spectrum(model):
    recipe, given = Recipe(steps=12, picture_px=48, parameterization="phase"), np.ones((3, 64, 33))
    few, many = (visualize(model, ("mixed3b:3",), recipe=dataclasses.replace(recipe, steps=n), spectrum=given)
                 for n in (1, 12))  # fmt: skip
    assert many.activation > few.activation
    with pytest.raises(ValueError, match="phase without a spectrum"):
        visualize(model, ("mixed3b:3",), recipe=recipe)


def test_a_network_that_is_first_asked_for_while_gradients_are_redirected_is_written_down_as_it_is():
    network = models.load("glyphs").maker.build().eval()
    with objectives.redirected_rectifiers():
        traced = graphs.trace(network)
    assert traced.entering("mixed3b") is not None
    assert traced.rectified("mixed3b")
