"""What a linear network lets through is what arithmetic says that a layer sees, on networks of every wiring."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import nn

from figures.methods import models
from figures.methods.fields.surrogate import boxes
from figures.methods.insides import graphs


def tried(network: nn.Module, size_px: int = 32) -> dict[str, tuple[list, list, int]]:
    """Return (tried, expected, depth) by layer."""
    model = models.made(f"tried-{type(network).__name__}-{id(network)}", lambda: network, size_px=size_px)
    found = boxes(model, tuple(model.layers))
    each = zip(found.tried.tolist(), found.expected.tolist(), found.depth.tolist(), strict=True)
    return dict(zip(model.layers, each, strict=True))


class Gated(nn.Module):
    """A branch round a convolution, and a gate that looks at the whole image."""

    def __init__(self):
        super().__init__()
        self.first, self.wide, self.gate = nn.Conv2d(3, 4, 3, 2, 1), nn.Conv2d(4, 4, 5, padding=2), nn.Conv2d(4, 4, 1)
        self.last = nn.Identity()

    def forward(self, x):
        before = torch.relu(self.first(x))
        after = before + self.wide(before)
        return self.last(after * torch.sigmoid(self.gate(nn.functional.adaptive_avg_pool2d(after, 1))))


def test_a_chain_worked_by_hand():
    network = nn.Sequential(nn.Conv2d(3, 4, 7, 2, 3), nn.ReLU(), nn.MaxPool2d(3, 2, 1), nn.Conv2d(4, 2, 3, dilation=2))
    found = tried(network)
    sides = {name: rows[0][1] - rows[0][0] + 1 for name, (rows, _, _) in found.items()}
    assert sides == {"0": 7, "1": 7, "2": 11, "3": 27}
    assert [depth for _, _, depth in found.values()] == [1, 1, 1, 2]
    assert all(rows == expected for rows, expected, _ in found.values())


def test_gates_are_constants_and_branches_are_joined():
    rows, expected, depth = tried(Gated())["last"]
    assert rows == expected
    assert rows[0][1] - rows[0][0] + 1 == 11
    assert depth == 3  # the gate, on the longest way


def test_what_mixes_places_otherwise_is_not_tried():
    class Shuffled(nn.Module):
        def __init__(self):
            super().__init__()
            self.first, self.last = nn.Conv2d(3, 4, 3, padding=1), nn.Conv2d(4, 2, 3, padding=1)

        def forward(self, x):
            return self.last(torch.roll(self.first(x), 5, dims=2))

    found = tried(Shuffled(), 16)
    assert found["first"][0] == found["first"][1]
    assert np.array_equal(found["last"][0], np.full((2, 2), -1))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "layer", "field"),
    [
        ("torchvision/alexnet@none", "pool5", 195), ("torchvision/vgg16@none", "pool5", 212),
        ("torchvision/resnet50@none", "layer4", 427), ("inceptionv1@none", "mixed5b", 715),
    ],
)  # fmt: skip
def test_networks_see_what_is_published_of_them(name: str, layer: str, field: int):
    model = models.load(name)
    found = boxes(model, (layer,))
    assert np.array_equal(found.tried, found.expected)
    assert model.receptive_field(layer).size_px == found.tried[0, 0, 1] - found.tried[0, 0, 0] + 1 == field


@pytest.mark.slow
@pytest.mark.parametrize(("name", "field"), [("resnet101", 971), ("inception_v3", 1311)])
def test_the_deepest_see_beyond_any_image(name: str, field: int):
    model = models.load(f"torchvision/{name}@none")
    assert model.receptive_field(model.main[-1]).size_px == field


def test_a_network_that_cannot_be_written_down_is_not_tried():
    class Deciding(nn.Module):
        def __init__(self):
            super().__init__()
            self.first = nn.Conv2d(3, 2, 3)

        def forward(self, x):
            return self.first(x) if float(x.detach().sum()) > -1 else x

    with pytest.raises(graphs.Untraceable):
        graphs.trace(Deciding())
    assert tried(Deciding(), 8)["first"][2] == 0
