"""Attributions between channels add up: to the unit itself where no bias lies between."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import nn

from figures.methods import datasets, models
from figures.methods.blocks import channel_flow
from figures.methods.blocks.channel_flow import flow
from tests.figures import blocks, small_networks


def free_of_biases() -> nn.Module:
    return nn.Sequential(
        nn.Conv2d(3, 4, 3, padding=1), nn.ReLU(), nn.Conv2d(4, 5, 3, padding=1, bias=False), nn.ReLU(),
        nn.Conv2d(5, 6, 3, padding=1, bias=False), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(6, 2),
    )  # fmt: skip


def test_without_biases_the_lower_channels_make_all_of_the_upper_one():
    model, picture = small_networks.model(free_of_biases), small_networks.picture().numpy()
    split = flow(model, image=picture, upper="5", lower="1", count=3)
    assert split.attribution.shape == (3, 4)
    assert split.value.max() > 0
    assert split.attribution.sum(axis=1) == pytest.approx(split.value, abs=1e-4)


def test_a_bias_is_what_is_left_of_a_linear_layer():
    model, picture = small_networks.model(small_networks.convolutional), small_networks.picture()
    conv = model.network[2]
    split = flow(model, image=picture.numpy(), upper="2", lower="1", count=6)
    with torch.no_grad():
        hidden = model.network[:2](picture[None])
        sums = conv(hidden)[0].sum(dim=(1, 2))
        without = sums - 16 * conv.bias
    assert split.index.tolist() == sums.argsort(descending=True).tolist()
    assert split.value == pytest.approx(sums[split.index].numpy(), abs=1e-4)
    assert split.attribution.sum(axis=1) == pytest.approx(without[split.index].numpy(), abs=1e-4)


def test_the_sum_of_shown_and_other_links_is_the_unit():
    seen = blocks.channel_flow()
    assert seen.carried == pytest.approx(5 / 6)
    assert seen.explained.tolist() == [0.625, 0.75]
    rows = seen.columns()
    assert rows["from"][:4] == ("a:0", "a:2", "other channels", "biases and limits")
    assert np.sum(rows["attribution"][:4]) == pytest.approx(4.0)
    assert np.sum(rows["share of the unit"][4:]) == pytest.approx(1.0)


def test_layers_in_the_wrong_order_are_refused():
    model, data = models.load("glyphs"), datasets.load("glyphs:8")
    how = {"channels": 2, "sources": 2, "steps": 1, "seed": 0}
    with pytest.raises(ValueError, match="mixed4a does not come before mixed3b"):
        channel_flow.of(model, data, "3", "mixed3b", "mixed4a", **how)
    with pytest.raises(ValueError, match="the first layer of glyphs"):
        channel_flow.of(model, data, "3", "conv1", "", **how)
