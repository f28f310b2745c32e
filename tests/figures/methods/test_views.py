"""Squares of images: what is seen in them is what is seen in the whole image."""

import pytest
import torch

from figures.methods import models, tuning, views
from figures.methods.activations import activations, center


@pytest.fixture(scope="module")
def untrained() -> models.Model:
    return models.untrained(models.load("glyphs"))


@pytest.mark.parametrize("layer", ["conv1", "conv2", "mixed3a", "mixed3b", "mixed4b"])
def test_a_view_answers_as_the_whole_image_does(untrained: models.Model, layer: str) -> None:
    seen, (middle, _) = tuning.view(untrained, layer), center(untrained, layer)
    field = untrained.receptive_field(layer)
    radius = tuning.default_radii(untrained, layer)[3]
    cut = tuning.draw(seen, [15.0, 200.0], radius)
    whole = torch.ones(2, 3, untrained.input_size, untrained.input_size)
    start = round(field.center_px(middle) + 0.5 - seen.center_px[0])
    whole[:, :, start : start + seen.size_px, start : start + seen.size_px] = cut
    first = middle - seen.reach
    there = activations(untrained, whole, layer)[:, :, first : middle + seen.reach + 1, first : middle + seen.reach + 1]
    assert torch.allclose(activations(untrained, cut, layer)[:, :, *seen.read], there, atol=1e-4)


@pytest.mark.parametrize("layer", ["conv1", "mixed3a", "mixed4b", "shape"])
def test_the_middle_of_a_view_is_the_middle_of_what_its_position_sees(untrained: models.Model, layer: str) -> None:
    for whole in (False, True):
        seen, field = views.view(untrained, layer, whole=whole), untrained.receptive_field(layer)
        assert seen.center_px[0] == seen.center_px[1] == field.center_px(seen.index[0]) + 0.5
        assert seen.size_px <= untrained.input_size
        assert seen.field_px == min(field.size_px, untrained.input_size)
    assert views.view(untrained, layer, whole=True).size_px == untrained.input_size


def test_a_larger_reach_needs_a_larger_square(untrained: models.Model) -> None:
    sides = [views.view(untrained, "mixed3a", reach).size_px for reach in (0, 1, 2)]
    assert sides == sorted(set(sides))
    assert views.view(untrained, "mixed3a", 0).size_px >= untrained.receptive_field("mixed3a").size_px


def test_one_position_looks_at_the_whole_image(untrained: models.Model) -> None:
    seen, field = views.looking(untrained, "mixed3b", (2, 5)), untrained.receptive_field("mixed3b")
    assert seen == views.placed(untrained, "mixed3b", (2, 5))
    assert (seen.size_px, seen.reach, seen.index) == (untrained.input_size, 0, (2, 5))
    assert seen.center_px == (field.center_px(5) + 0.5, field.center_px(2) + 0.5)
    assert seen.read == (slice(2, 3), slice(5, 6))


def test_what_is_read_stays_inside_the_map() -> None:
    seen = views.View(size_px=20, center_px=(4.0, 10.0), index=(1, 6), reach=3, field_px=9)
    assert seen.read == (slice(0, 5), slice(3, 10))


def test_convolutions_see_no_further_than_their_fields_and_classes_see_all(untrained: models.Model) -> None:
    assert not views.sees_beyond(untrained, "mixed3b")
    assert not views.sees_whole(untrained, "mixed3b")
    assert views.sees_whole(untrained, "shape")
