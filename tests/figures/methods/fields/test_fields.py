"""Which layers are listed, what is said of each, and of which networks accuracy is known."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from figures.methods import models
from figures.methods.datasets.held import Held
from figures.methods.fields import fields
from tests.figures import seen_fields, small_networks

PICTURES = Held("two", torch.rand(2, 3, 8, 8, generator=torch.Generator().manual_seed(0)), ("a", "b"), ("0", "1"))


def test_main_layers_come_by_default_and_those_that_are_asked_for():
    model = small_networks.model(small_networks.pooled)
    assert fields.chosen_layers(model, ())[:3] == ("0", "1", "2")
    assert fields.chosen_layers(model, ("3", "nowhere", "3")) == ("3",)


def test_layers_without_places_are_left_out_until_they_are_asked_for():
    model = small_networks.model(small_networks.pooled)
    assert "9" not in fields.chosen_layers(model, ())
    assert fields.chosen_layers(model, ("9",)) == ("9",)
    assert fields.sees_all(model, "9")
    assert not fields.sees_all(model, "0")


@pytest.mark.slow
def test_what_sees_most_is_listed_though_it_is_not_main():
    assert fields.chosen_layers(models.load("torchvision/alexnet@none"), ())[-1] == "pool5"


def test_a_row_says_what_arithmetic_and_trying_gave():
    seen = fields.of([small_networks.model(small_networks.pooled)], PICTURES, layers=("0", "3"), images=2)
    first, last = seen.networks[0].layers
    assert (first.field_px, first.stride_px, first.padding_px, first.centre_px, first.depth) == (3, 1, 1, 0, 1)
    assert (last.field_px, last.stride_px, last.padding_px, last.centre_px, last.depth) == (8, 2, 3, 0.5, 2)
    assert seen.networks[0].checked == (2, 2)
    assert seen.columns()["verified"] == ["yes", "yes"]
    assert seen.columns()["of_image"] == [0.375, 1.0]
    assert 0 < last.effective_px <= 8


def test_a_column_that_nothing_is_known_of_is_left_out():
    seen = fields.of([small_networks.model(small_networks.pooled)], PICTURES, layers=("0",), images=0)
    assert "effective_px" not in seen.columns()


def test_a_layer_that_no_network_has_gives_the_nearest():
    several = [models.load("glyphs"), models.load("glyphs-shape")]
    with pytest.raises(ValueError, match="did you mean 'mixed3a'"):
        fields.of(several, PICTURES, layers=("conv1", "mixed3aa"))


def test_accuracy_is_known_of_networks_whose_classes_are_the_labels():
    several = [small_networks.model(small_networks.pooled, seed) for seed in (0, 1)]
    seen = fields.of(several, PICTURES, layers=("0",), images=0, test_images=2)
    assert [one.tested.trials for one in seen.networks] == [2, 2]
    alone = fields.of(several[:1], PICTURES, layers=("0",), images=0, test_images=2)
    assert alone.tested == ()


def test_the_deepest_sees_most():
    assert seen_fields.network().deepest.layer == "conv4"
    assert not fields.has_places(small_networks.model(lambda: nn.Sequential(nn.Flatten(), nn.Linear(192, 2))), "1")
