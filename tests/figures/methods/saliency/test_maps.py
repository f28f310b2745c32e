"""Maps are what can be worked out by hand in small networks."""

from __future__ import annotations

import pytest
import torch
from torch.nn import functional

from figures.methods.saliency import maps
from figures.methods.saliency.maps import BASELINE, METHODS, Recipe, attributed, drops, of_pixels
from tests.figures.small_networks import SIDE, Spelled, convolutional, linear, picture, target

RECIPE = Recipe(steps=256, samples=4, patch_px=4)


def test_integrated_gradients_add_up_to_the_difference():
    made, image = target(convolutional), picture()
    found = attributed(made, image, "integrated-gradients", RECIPE).sum()
    value, grey = made.value(torch.stack([image, torch.full_like(image, BASELINE)])).tolist()
    assert float(found) == pytest.approx(value - grey, rel=0.01)


def test_in_a_linear_network_every_gradient_is_its_weights():
    made, image = target(linear), picture()
    weights = made.model.network[1].weight[1].view(3, SIDE, SIDE)
    for method in ("gradient", "guided", "deconvolution", "smooth-grad"):
        assert torch.allclose(attributed(made, image, method, RECIPE), weights, atol=1e-6)
    found = attributed(made, image, "integrated-gradients", Recipe(steps=3))
    assert torch.allclose(found, weights * (image - BASELINE), atol=1e-6)


def test_in_a_linear_network_a_patch_costs_what_lies_under_it():
    made, image = target(linear), picture()
    parts = (made.model.network[1].weight[1].view(3, SIDE, SIDE) * (image - BASELINE)).sum(dim=0)
    found = drops(made, image, RECIPE)
    assert found.shape == (3, 3)
    assert float(found[1, 2]) == pytest.approx(float(parts[2:6, 4:8].sum()), abs=1e-6)
    whole = attributed(made, image, "occlusion", RECIPE).sum(dim=0)
    assert float(whole[0, 0]) == pytest.approx(float(found[0, 0]), abs=1e-6)
    assert float(whole[3, 3]) == pytest.approx(float(found[:2, :2].mean()), abs=1e-6)


def test_patches_reach_the_ends_of_the_picture_and_are_no_larger():
    made, image = target(linear), picture()
    assert drops(made, image, Recipe(patch_px=5)).shape == (3, 3)
    with pytest.raises(ValueError, match="a patch of 9 px; expected 1 to 8"):
        drops(made, image, Recipe(patch_px=9))


def test_grad_cam_is_worked_out_by_hand():
    made, image = target(convolutional), picture()
    last = made.model.network[:4](image[None]).detach()
    weights = made.model.network[6].weight[1] / last[0, 0].numel()
    expected = (weights[:, None, None] * last[0]).sum(dim=0).relu()
    large = functional.interpolate(expected[None, None], (SIDE, SIDE), mode="bilinear")[0, 0]
    assert torch.allclose(attributed(made, image, "grad-cam", RECIPE).sum(dim=0), large, atol=1e-6)


def test_grad_cam_of_a_unit_takes_the_layer_before():
    assert next(maps.last_with_maps(target(convolutional, "2:1"))) == "1"
    assert next(maps.last_with_maps(target(convolutional, "3:1"))) == "2"
    with pytest.raises(ValueError, match="grad-cam: no layer with maps comes before 0:1"):
        attributed(target(convolutional, "0:1"), picture(), "grad-cam", RECIPE)


def test_rules_for_rectifiers_tell_maps_apart():
    made, image = target(Spelled), 3 * picture()
    found = [attributed(made, image, method, RECIPE) for method in ("gradient", "guided", "deconvolution")]
    assert not torch.allclose(found[0], found[1])
    assert not torch.allclose(found[1], found[2])


def test_noise_is_drawn_from_the_seed():
    made, image = target(convolutional), picture()
    one, same, other = (attributed(made, image, "smooth-grad", Recipe(samples=4, seed=seed)) for seed in (0, 0, 1))
    assert torch.equal(one, same)
    assert not torch.allclose(one, other)


def test_pixels_are_sums_or_largest_colours():
    values = torch.tensor([[[1.0]], [[-3.0]], [[0.5]]]).numpy()
    assert of_pixels("gradient", values).tolist() == [[3.0]]
    assert of_pixels("occlusion", values).tolist() == [[-1.5]]


def test_a_method_that_there_is_not_gives_the_nearest():
    with pytest.raises(ValueError, match="'gradcam' is not one of .*did you mean 'grad-cam'"):
        maps.check("gradcam")
    assert [maps.check(method) for method in METHODS] == list(METHODS)
