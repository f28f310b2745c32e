"""Feature visualization by its properties: it climbs, its gradients are right, pictures are independent."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
import torch

from figures.methods import activations, datasets, models
from figures.methods.feature_visualization import Recipe, objectives, transforms, visualize
from figures.methods.feature_visualization.colours import colour_matrix, colours_of, grey_matrix, mixing
from figures.methods.feature_visualization.optimize import Ascent
from figures.methods.feature_visualization.parameterizations import Phases, Spectrum, amplitude
from figures.methods.networks import graphs

QUICK = Recipe(steps=12, picture_px=64)
GENTLE = Recipe(steps=3, rate=1e-4, noise=0.0, jitter=0.0, rotation_deg=0.0, scaling=0.0)


@pytest.fixture(scope="module")
def model() -> models.Model:
    return models.load("glyphs")


def ascent(model: models.Model, recipe: Recipe, layer: str = "mixed3b", units: tuple[int, ...] = (3, 7)) -> Ascent:
    seeds = range(100, 100 + len(units) * recipe.diversity)
    wanted = [models.Unit(layer, index) for index in units]
    return Ascent.start(model, wanted, seeds, recipe, torch.eye(model.channels))


@pytest.mark.parametrize(("layer", "objective"), [
    ("conv1", "neuron"), ("mixed3b", "neuron"), ("mixed3b", "channel"), ("mixed4b", "neuron"), ("shape", "logit"),
])  # fmt: skip
def test_three_steps_raise_the_objective(model, layer, objective):
    climb = ascent(model, dataclasses.replace(GENTLE, objective=objective), layer)
    maps = transforms.still(2, climb.look.offset_px)
    before = climb.goal(maps, noisy=False)
    assert not climb.run().any()
    assert (climb.goal(maps, noisy=False) > before).all()


def test_three_steps_lower_the_objective_when_negative(model):
    climb = ascent(model, dataclasses.replace(GENTLE, negative=True))
    before = climb.reached()
    climb.run()
    assert (climb.reached() < before).all()


@pytest.mark.parametrize(("layer", "objective"), [("mixed3b", "neuron"), ("mixed3b", "channel"), ("shape", "logit")])
def test_the_gradient_matches_finite_differences(model, layer, objective):
    climb = _in_float64(ascent(model, Recipe(objective=objective), layer, units=(3,)))
    maps = transforms.still(1).double()
    _compare_gradient(lambda: climb.goal(maps, noisy=False).sum(), climb.spectrum.coefficients)


def test_the_gradient_of_likeness_matches_finite_differences():
    maps = torch.randn(4, 5, 3, 3, generator=torch.Generator().manual_seed(1), dtype=torch.float64).requires_grad_()
    _compare_gradient(lambda: objectives.likeness(maps, 2).sum(), maps)


def _in_float64(climb: Ascent) -> Ascent:
    source = models.Source(climb.model.digest + " in float64", climb.model.source.build)
    wide = dataclasses.replace(climb.model, source=source)
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


def test_seeds_change_pictures_and_repeat_them(model):
    one, same, other = (visualize(model, ("mixed3b:3",), recipe=QUICK, seed=seed).images for seed in (0, 0, 1))
    assert np.array_equal(one, same)
    assert np.abs(one.astype(int) - other).mean() > 5


def test_the_recorded_activation_comes_back_from_the_picture(model):
    units = ("conv1:5", "mixed3a:9", "mixed3b:3", "mixed4b:7")
    found = visualize(model, units, recipe=QUICK)
    for index, unit in enumerate(units):
        image = np.moveaxis(found.inputs[index : index + 1], -1, 1) / 255
        layer, channel = unit.split(":")
        y, x = activations.center(model, layer)
        again = activations.activations(model, image, layer)[0, int(channel), y, x]
        assert float(again) == pytest.approx(float(found.activation[index]), rel=0.05, abs=0.1)


def test_a_unit_that_nothing_moves_is_reported_dead(model):
    def build() -> torch.nn.Module:
        network = model.source.build()
        with torch.no_grad():
            for branch in (network.mixed3b.ones, network.mixed3b.threes, network.mixed3b.fives):
                branch.conv.weight[0] = 0
                branch.conv.bias[0] = -1
        return network

    wounded = dataclasses.replace(model, source=models.Source(model.digest + " wounded", build))
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


def test_redirection_never_pushes_the_silent_lower():
    x = torch.tensor([[-1.0, -2.0]], requires_grad=True)
    with objectives.redirected_rectifiers():
        torch.nn.ReLU()(x).sum().backward()
    assert x.grad.tolist() == [[0.0, 0.0]]


def test_hooks_do_not_leak(model):
    def hooks() -> int:
        return sum(len(module._forward_hooks) for module in model.network.modules())

    before = hooks()
    for _ in range(20):
        visualize(model, ("conv1:0",), recipe=Recipe(steps=1, picture_px=16))
    assert hooks() == before


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


@pytest.mark.parametrize(
    "wrong",
    [
        {"objective": "nose"},
        {"colour": "red"},
        {"steps": 0},
        {"size_px": 3},
        {"parameterization": "pixel"},
        {"parameterization": "phase", "alpha": True},
    ],
)
def test_a_wrong_setting_is_refused(wrong):
    with pytest.raises(ValueError, match="expected"):
        Recipe(**wrong)


def test_a_finer_picture_is_the_same_picture():
    for side in (15, 16):
        generators = [torch.Generator().manual_seed(0)]
        spectrum = Spectrum.start(generators, side, torch.eye(3), Recipe(), cut=0.1)
        coarse, fine = spectrum.decode(), spectrum.decode(4)
        assert (fine[:, :, ::4, ::4] - coarse).abs().max() < 2e-2


@pytest.mark.parametrize("side", [15, 16])
def test_by_phase_the_magnitudes_stay_those_of_the_data(side):
    given = np.abs(np.fft.rfft2(np.random.Generator(np.random.Philox(0)).random((3, 20, 20))))
    phases = Phases.start([torch.Generator().manual_seed(0)], side, torch.eye(3), Recipe(), given)
    with torch.no_grad():
        phases.coefficients.add_(torch.randn(phases.coefficients.shape))  # wherever a climb may lead
    planes = torch.fft.irfft2(phases.frequencies(), s=(side, side))
    assert torch.allclose(torch.fft.rfft2(planes).abs()[0, 1], phases.envelope, atol=1e-5)


def test_amplitudes_keep_their_place_in_cycles_per_pixel():
    given = np.ones((3, 32, 17)) * 1e-3
    given[:, 4, 0] = given[:, -4, 0] = given[:, 0, 6] = 1  # 1/8 cycles per pixel down, 3/16 across
    for side in (32, 64, 16):
        found = amplitude(given, side)
        assert found.shape == (side, side // 2 + 1)
        assert found[0, 0] == 0
        strong = {tuple(place) for place in (found > 0.5).nonzero().tolist()}
        assert strong == {(side // 8, 0), (side - side // 8, 0), (0, 3 * side // 16)}
    with pytest.raises(ValueError, match=r"a spectrum of shape \(32, 17\); expected"):
        amplitude(given[0], 32)


def test_pictures_by_phase_climb_and_need_a_spectrum(model):
    recipe, given = Recipe(steps=12, picture_px=48, parameterization="phase"), np.ones((3, 64, 33))
    few, many = (visualize(model, ("mixed3b:3",), recipe=dataclasses.replace(recipe, steps=n), spectrum=given)
                 for n in (1, 12))  # fmt: skip
    assert many.activation > few.activation
    with pytest.raises(ValueError, match="phase without a spectrum"):
        visualize(model, ("mixed3b:3",), recipe=recipe)


def test_colours_are_those_of_the_data_given(model):
    grey = np.ones((3, 3)) * 0.05
    picture = visualize(model, ("mixed3b:3",), recipe=QUICK, colours=grey).images[0].astype(int)
    assert np.ptp(picture, axis=-1).max() <= 1
    assert mixing(model, QUICK, None).allclose(colour_matrix(colours_of(datasets.load("glyphs:512"))))
    assert mixing(model, QUICK, np.eye(1)).allclose(grey_matrix(3))


def test_grey_pictures_have_no_colour(model):
    picture = visualize(model, ("mixed3b:3",), recipe=Recipe(steps=2, colour="grey", picture_px=32)).images[0]
    assert (picture == picture[:, :, :1]).all()


def test_the_colour_matrix_is_a_square_root():
    covariance = np.array([[2.0, 1.0, 0.5], [1.0, 2.0, 0.3], [0.5, 0.3, 1.0]])
    root = colour_matrix(covariance).double().numpy()
    square = root @ root.T
    assert np.allclose(square / square[0, 0], covariance / covariance[0, 0], atol=1e-5)
    assert grey_matrix(3).shape == (3, 1)


def test_still_views_return_the_middle_of_a_picture():
    picture = torch.rand(1, 3, 20, 20)
    assert torch.allclose(transforms.view(picture, transforms.still(1), 12), picture[:, :, 4:16, 4:16], atol=1e-5)


def test_an_offset_moves_the_view():
    picture = torch.rand(1, 3, 20, 20)
    seen = transforms.view(picture, transforms.still(1, offset_px=2.0), 12)
    assert torch.allclose(seen, picture[:, :, 2:14, 2:14], atol=1e-5)


def test_a_network_that_is_first_asked_for_while_gradients_are_redirected_is_written_down_as_it_is():
    network = models.load("glyphs").source.build().eval()
    with objectives.redirected_rectifiers():
        traced = graphs.trace(network)
    assert traced.entering("mixed3b") is not None
    assert traced.rectified("mixed3b")
