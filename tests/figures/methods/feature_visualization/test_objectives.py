"""What is climbed: units, likeness, and their gradients."""

from __future__ import annotations

import dataclasses

import pytest
import torch

from figures.methods import models
from figures.methods.feature_visualization import Recipe, objectives, transforms
from figures.methods.feature_visualization.glances import Glance
from figures.methods.feature_visualization.optimize import Ascent
from figures.units import Unit


@pytest.fixture(scope="module")
def model() -> models.Model:
    return models.load("glyphs")


def ascent(model: models.Model, recipe: Recipe, layer: str = "mixed3b", units: tuple[int, ...] = (3, 7)) -> Ascent:
    seeds = range(100, 100 + len(units) * recipe.diversity)
    wanted = [Unit(layer, index) for index in units]
    return Ascent.start(model, wanted, seeds, recipe, torch.eye(model.channels))


@pytest.mark.parametrize(("layer", "objective"), [("mixed3b", "neuron"), ("mixed3b", "channel"), ("shape", "logit")])
def test_the_gradient_matches_finite_differences(model, layer, objective):
    climb = _in_float64(ascent(model, Recipe(objective=objective), layer, units=(3,)))
    maps = transforms.still(1).double()
    _compare_gradient(lambda: climb.goal(Glance(maps)).sum(), climb.spectrum.coefficients)


def test_the_gradient_of_likeness_matches_finite_differences():
    maps = torch.randn(4, 5, 3, 3, generator=torch.Generator().manual_seed(1), dtype=torch.float64).requires_grad_()
    _compare_gradient(lambda: objectives.likeness(maps, 2).sum(), maps)


def _in_float64(climb: Ascent) -> Ascent:
    source = models.Maker(climb.model.digest + " in float64", climb.model.maker.build)
    wide = dataclasses.replace(climb.model, maker=source)
    wide.network.double()
    spectrum = dataclasses.replace(
        climb.spectrum,
        coefficients=climb.spectrum.coefficients.detach().double().requires_grad_(),
        colours=climb.spectrum.colours.double(),
        envelope=climb.spectrum.envelope.double(),
    )
    return dataclasses.replace(climb, model=wide, spectrum=spectrum)


def _compare_gradient(value, parameters: torch.Tensor, step: float = 1e-9) -> None:
    """Compare along a random direction; the step is small enough to meet few kinks of rectifiers."""
    (gradient,) = torch.autograd.grad(value(), parameters)
    direction = torch.randn(gradient.shape, generator=torch.Generator().manual_seed(5), dtype=torch.float64)
    with torch.no_grad():
        parameters += step * direction
        above = float(value())
        parameters -= 2 * step * direction
        below = float(value())
    expected = float((gradient * direction).sum())
    assert abs(expected) > 1e-3
    assert (above - below) / (2 * step) == pytest.approx(expected, rel=1e-3)
