"""Receptive fields by recursion, against gradients and against a case worked by hand."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from figures.methods import activations, models
from figures.methods.receptive_field import ReceptiveField, measured_box, receptive_fields


def test_a_chain_worked_by_hand():
    chain = nn.Sequential(nn.Conv2d(1, 1, 7, 2, 3), nn.MaxPool2d(3, 2, 1), nn.Conv2d(1, 1, 3, padding=2, dilation=2))
    fields = receptive_fields(chain, 64)
    assert fields["0"] == ReceptiveField(7, 2, -3)
    assert fields["1"] == ReceptiveField(11, 4, -5)
    assert fields["2"] == ReceptiveField(27, 4, -13)


def test_branches_take_the_box_around_them():
    class Fork(nn.Module):
        def __init__(self):
            super().__init__()
            self.small, self.large, self.both = nn.Conv2d(1, 1, 1), nn.Conv2d(1, 1, 5, padding=2), nn.Identity()

        def forward(self, x):
            return self.both(torch.cat([self.small(x), self.large(x)], dim=1))

    assert receptive_fields(Fork(), 9)["both"] == ReceptiveField(5, 1, -2)


@pytest.mark.parametrize("layer", ["conv1", "conv2", "mixed3a", "mixed3b"])
def test_the_recursion_matches_the_gradient_box(layer):
    model = models.untrained(models.load("glyphs"))
    field, index = model.receptive_field(layer), activations.center(model, layer)[0]

    def read(image: torch.Tensor) -> torch.Tensor:
        return activations.read(model, image, [layer])[layer][0, :, index, index].sum()

    first = field.first_px(index)
    expected = (first, first + field.size_px - 1)
    rows, columns = measured_box(read, torch.rand(1, 3, 64, 64, generator=torch.Generator().manual_seed(0)))
    assert rows == columns == expected


@pytest.mark.parametrize("layer", ["mixed4a", "mixed4b"])
def test_deep_layers_reach_over_the_border(layer):
    model = models.untrained(models.load("glyphs"))
    field, index = model.receptive_field(layer), 0

    def read(image: torch.Tensor) -> torch.Tensor:
        return activations.read(model, image, [layer])[layer][0, :, index, index].sum()

    (first, last), _ = measured_box(read, torch.rand(1, 3, 64, 64, generator=torch.Generator().manual_seed(0)))
    assert first == 0
    assert last == min(field.first_px(index) + field.size_px - 1, 63)


def test_a_head_sees_the_whole_image():
    assert models.load("glyphs").receptive_field("shape").size_px == 64
