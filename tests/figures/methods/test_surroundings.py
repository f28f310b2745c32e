"""A square is enough where nothing but receptive fields reaches what is read: found by trying, not by names."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
import torch

from figures.methods import activations, models, views
from figures.methods.surroundings import Cut, reaches_in, stands_alone

sys.path.insert(0, str(Path(__file__).parents[1]))

from wide_networks import NARROW, WIDE, load


def answers_apart(model: models.Model, layer: str) -> float:
    """Return how far a square alone and in an image answer apart, over the spread; the square is `view`'s."""
    seen, (index, _) = views.view(model, layer), activations.center(model, layer)
    first = (index - seen.index[0]) * model.receptive_field(layer).stride_px
    images = torch.rand(2, 3, *[model.input_size] * 2, generator=torch.Generator().manual_seed(5))
    cut = images[:, :, first : first + seen.size_px, first : first + seen.size_px]
    whole = activations.activations(model, images, layer)[:, :, index, index]
    alone = activations.activations(model, cut, layer)[:, :, seen.index[0], seen.index[1]]
    return float((whole - alone).square().mean().sqrt() / whole.std(dim=0).mean())


@pytest.mark.parametrize("name", WIDE)
def test_what_pools_over_the_picture_is_measured_on_all_of_it(name):
    model, layer = load(name), "2"
    before = views.looking(model, "0", None)
    assert before == views.view(model, "0")
    assert not views.sees_whole(model, "0")
    assert views.looking(model, layer, None).size_px == model.input_size
    assert views.sees_whole(model, layer)
    assert views.view(model, layer).size_px == model.input_size or answers_apart(model, layer) > 0.005


@pytest.mark.parametrize(("name", "size_px"), [*((name, 64) for name in NARROW), ("plain", 65)])
def test_convolutions_keep_their_squares(name, size_px):
    model = load(name, size_px)
    for layer in ("0", "2"):
        assert views.looking(model, layer, None) == views.view(model, layer)
        assert views.view(model, layer).size_px < model.input_size
        assert not views.sees_beyond(model, layer)
        assert answers_apart(model, layer) < 1e-5


def test_a_square_at_the_border_sees_the_border_alike_in_all_surroundings():
    model, layer = load("plain"), "2"
    corner = Cut(side_px=32, first_px=0, first=0, stop=4)
    assert stands_alone(model, layer, corner)
    assert not reaches_in(model, layer, corner)


def test_a_square_that_is_smaller_than_a_field_does_not_stand_alone():
    model, layer = load("plain"), "2"
    field, (index, _) = model.receptive_field(layer), activations.center(model, layer)
    first = field.first_px(index) // field.stride_px * field.stride_px + field.stride_px
    at = index - first // field.stride_px
    assert reaches_in(model, layer, Cut(field.size_px // 4 * 4, first, at, at + 1))


def test_pooling_to_a_number_of_cells_lets_no_surroundings_in_but_needs_the_whole_picture():
    model = load("resized")
    assert not views.sees_beyond(model, "2")
    assert views.looking(model, "2", None).size_px == model.input_size


def test_a_class_and_a_field_as_large_as_the_picture_leave_nothing_beyond():
    model = models.load("glyphs")
    assert not any(views.sees_beyond(model, layer) for layer in (*model.layers, "shape"))
    assert views.sees_whole(model, "shape")
    assert views.sees_whole(model, "mixed4b")
    assert not views.sees_whole(model, "mixed3b")


@pytest.mark.parametrize("name", ["glyphs", "glyphs@none", "torchvision/googlenet@none"])
def test_the_squares_of_convolutional_networks_are_those_of_their_fields(name):
    model = models.load(name)
    for layer in model.main[:5]:
        assert views.looking(model, layer, None) == views.view(model, layer)
        assert views.looking(model, layer, None, 0) == views.view(model, layer, 0)


@pytest.mark.slow
def test_gates_of_a_network_as_people_use_it_are_found():
    model = models.load("torchvision/mobilenet_v3_small@none")
    assert views.looking(model, "features.0", None) == views.view(model, "features.0")
    for layer in ("features.1", "features.4", "features.6"):
        assert views.sees_beyond(model, layer)
        assert views.looking(model, layer, None, 0).size_px == model.input_size
    assert not views.sees_beyond(model, "logits")
