"""What a map explains: a class, or a unit where it answers most."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import nn

from figures.methods.saliency.target import Target, slope, strongest
from tests.figures.small_networks import SIDE, convolutional, linear, model, picture, target


def test_a_unit_is_read_where_it_answers_most_or_where_it_says():
    net, image = model(convolutional), picture()
    maps = net.network[:3](image[None])[0, 4].detach()
    assert strongest(net, "2:4", image=image.numpy()).pair == np.unravel_index(int(maps.argmax()), maps.shape)
    assert strongest(net, "2:4-", image=image.numpy()).pair == np.unravel_index(int(maps.argmin()), maps.shape)
    assert strongest(net, "2:4@1,2", image=image.numpy()).pair == (1, 2)
    at = Target(net, net.unit("2:4"), (1, 2))
    assert float(at.value(image[None])) == pytest.approx(float(maps[1, 2]), abs=1e-6)


def test_the_score_of_a_class_is_its_probability_and_with_a_minus_that_of_the_others():
    one, other = target(linear), target(linear, "logits:1-")
    images = picture()[None]
    chance = float(one.model.network(images).softmax(dim=1)[0, 1])
    assert float(one.score(images)) == pytest.approx(chance)
    assert float(other.score(images)) == pytest.approx(1 - chance)
    assert float(other.value(images)) == -float(one.value(images))


def flat() -> nn.Module:
    """Two convolutions with nothing between them."""
    return nn.Sequential(nn.Conv2d(3, 4, 3), nn.Conv2d(4, 6, 3), nn.AdaptiveAvgPool2d(1), nn.Flatten())


@pytest.mark.parametrize("unit", ["logits:1", "1:3", "1:3-"])
def test_all_rules_agree_where_nothing_is_rectified(unit):
    made, images = target(flat, unit), picture()[None]
    plain = slope(made.value, images)
    assert plain.shape == (1, 3, SIDE, SIDE)
    assert all(torch.allclose(slope(made.switched(rule), images), plain) for rule in ("guided", "deconvolution"))


class Deciding(nn.Module):
    """A network whose graph cannot be written down."""

    def __init__(self):
        super().__init__()
        self.net = convolutional()

    def forward(self, x):
        return self.net(x) if bool((x.detach().sum() > -1).item()) else self.net(-x)


def test_a_network_that_cannot_be_written_down_is_told():
    made = target(Deciding)
    assert slope(made.value, picture()[None]).abs().sum() > 0
    with pytest.raises(ValueError, match="guided: the graph of Deciding-0 cannot be written down .*expected methods"):
        made.switched("guided")
