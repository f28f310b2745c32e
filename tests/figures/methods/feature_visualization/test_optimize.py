"""The climb: units are independent of their company, and networks are left as they were."""

from __future__ import annotations

import dataclasses
import itertools

import numpy as np
import pytest
import torch

from figures.methods import models
from figures.methods.feature_visualization import Recipe, objectives, visualize
from figures.methods.feature_visualization.glances import Glances
from figures.methods.feature_visualization.optimize import Ascent
from figures.units import Unit

QUICK = Recipe(steps=12, picture_px=64)


@pytest.fixture(scope="module")
def model() -> models.Model:
    return models.load("glyphs")


def ascent(model: models.Model, recipe: Recipe, layer: str = "mixed3b", units: tuple[int, ...] = (3, 7)) -> Ascent:
    seeds = range(100, 100 + len(units) * recipe.diversity)
    wanted = [Unit(layer, index) for index in units]
    return Ascent.start(model, wanted, seeds, recipe, torch.eye(model.channels))


@pytest.mark.slow
def test_a_unit_alone_and_in_a_batch_gives_the_same_picture(model):
    units = ("mixed3b:3", "mixed3b:17", "mixed3b:40", "shape:2")
    together = visualize(model, units, recipe=QUICK)
    for index, unit in enumerate(units):
        alone = visualize(model, (unit,), recipe=QUICK)
        assert np.abs(alone.images[0].astype(int) - together.images[index]).max() <= 1
        assert alone.activation[0] == pytest.approx(together.activation[index], abs=2e-3)


def test_pictures_of_a_batch_are_independent_to_the_last_digits(model):
    pair, batch = ascent(model, QUICK, units=(3, 17)), ascent(model, QUICK, units=(3, 17, 40))
    pair.run()
    batch.run()
    assert (pair.spectrum.decode() - batch.spectrum.decode()[:2]).abs().max() < 1e-6


@pytest.mark.slow
def test_a_unit_that_nothing_moves_is_reported_dead(model):
    def build() -> torch.nn.Module:
        network = model.maker.build()
        with torch.no_grad():
            for branch in (network.mixed3b.ones, network.mixed3b.threes, network.mixed3b.fives):
                branch.conv.weight[0] = 0
                branch.conv.bias[0] = -1
        return network

    wounded = dataclasses.replace(model, maker=models.Maker(model.digest + " wounded", build))
    dead = visualize(wounded, ("mixed3b:0", "mixed3b:3"), recipe=QUICK).dead
    assert dead.tolist() == [True, False]


def test_redirection_wakes_a_network_that_is_silent():
    x = torch.tensor([[-1.0, -2.0], [-1.0, 2.0]], requires_grad=True)
    with objectives.redirected_rectifiers():
        (-torch.relu(x).sum()).backward()
    assert x.grad.tolist() == [[-1.0, -1.0], [0.0, -1.0]]
    x.grad = None
    with objectives.redirected_rectifiers(False):
        (-torch.relu(x).sum()).backward()
    assert x.grad.tolist() == [[0.0, 0.0], [0.0, -1.0]]


@pytest.mark.parametrize("rectifier", [torch.nn.ReLU(), torch.nn.ReLU6()])
def test_redirected_gradients_are_those_of_the_formula(rectifier):
    x = (8 * torch.randn(3, 4, 5, 5, generator=torch.Generator().manual_seed(0))).to(memory_format=torch.channels_last)
    x[1] = -x[1].abs()  # one picture is silent, another beyond the range
    x[2] = x[2].abs() + 7
    x, gradient = x.requires_grad_(), torch.randn(3, 4, 5, 5, generator=torch.Generator().manual_seed(1))
    with objectives.redirected_rectifiers():
        rectifier(x).backward(gradient)
    high = 6.0 if isinstance(rectifier, torch.nn.ReLU6) else float("inf")
    inside = (x > 0) & (x < high)
    inwards = inside | ((x <= 0) & (gradient < 0)) | ((x >= high) & (gradient > 0))
    alive = (gradient * inside).flatten(1).ne(0).any(dim=1).view(-1, 1, 1, 1)
    assert not alive.all()
    assert torch.equal(x.grad, torch.where(alive, gradient * inside, gradient * inwards))


def test_redirection_never_pushes_the_silent_lower():
    x = torch.tensor([[-1.0, -2.0]], requires_grad=True)
    with objectives.redirected_rectifiers():
        torch.nn.ReLU()(x).sum().backward()
    assert x.grad.tolist() == [[0.0, 0.0]]


@pytest.mark.slow
def test_hooks_do_not_leak(model):
    def hooks() -> int:
        return sum(len(module._forward_hooks) for module in model.network.modules())

    before = hooks()
    for _ in range(3):
        visualize(model, ("conv1:0",), recipe=Recipe(steps=1, picture_px=16))
    assert hooks() == before


def test_a_picture_of_a_neuron_climbs_by_what_the_neuron_sees_alone(model):
    class Whole(Ascent):
        place = None

    narrow = ascent(model, QUICK)
    whole = Whole(**vars(narrow))
    assert narrow.place == narrow.look.position
    glance = Glances.draw(narrow.generators, 1, narrow._mapped, torch.device("cpu"))
    gradients = [
        torch.autograd.grad(climb.goal(one).sum(), narrow.spectrum.coefficients)[0]
        for climb in (narrow, whole)
        for one in itertools.islice(glance, 1)
    ]
    assert torch.allclose(*gradients, rtol=1e-4, atol=1e-6 * float(gradients[0].abs().max()))


@pytest.mark.parametrize("more", [{"objective": "channel"}, {"diversity": 2}])
def test_where_more_of_a_map_counts_all_of_it_is_read(model, more):
    assert ascent(model, dataclasses.replace(QUICK, **more)).place is None


def test_neurons_at_positions_of_their_own_are_read_there(model):
    units = [Unit("mixed3b", 3, (1, 2)), Unit("mixed3b", 7, (4, 4))]
    climb = Ascent.start(model, units, (1, 2), QUICK, torch.eye(model.channels))
    assert climb.place is None
    assert climb.answered.tolist() == [[1, 2], [4, 4]]
