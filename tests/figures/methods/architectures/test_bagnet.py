"""BagNets: as many parameters and places as published, and patches of the right size."""

from __future__ import annotations

import pytest
import torch

from figures.methods.architectures.bagnet import BagNet, Block
from figures.methods.receptive_field import measured_box


@pytest.mark.parametrize(
    ("field", "parameters", "places"), [(9, 15_688_744, 27), (17, 16_213_032, 26), (33, 18_310_184, 24)]
)
def test_numbers_are_those_that_were_published(field, parameters, places):
    with torch.device("meta"):
        network, x = BagNet(field), torch.empty(1, 3, 224, 224)
    assert sum(weight.numel() for weight in network.parameters()) == parameters
    x = network.conv2(network.conv1(x))
    for number in range(1, 5):
        x = network.get_submodule(f"layer{number}")(x)
    assert x.shape == (1, 2048, places, places)


def test_weights_have_the_names_of_the_published_ones():
    with torch.device("meta"):
        names = set(BagNet(9).state_dict())
    assert {"conv1.weight", "bn1.running_mean", "layer1.0.downsample.1.bias", "layer4.2.conv3.weight"} <= names
    assert "layer1.1.downsample.0.weight" not in names


@pytest.mark.parametrize(("kernel", "stride"), [(1, 1), (1, 2), (3, 1), (3, 2)])
@pytest.mark.parametrize("side", [8, 9])
def test_what_goes_past_a_block_is_cut_to_what_goes_through(kernel, stride, side):
    block = Block(8, 2, kernel=kernel, stride=stride).eval()
    with torch.no_grad():
        for weight in block.parameters():
            weight.abs_()  # no rectifier is silent
    image = torch.rand(1, 8, side, side)
    rows, _ = measured_box(lambda x: block(x)[0, :, 1, 1].sum(), image)
    assert rows == (stride, stride + kernel - 1)


def test_other_patches_are_refused():
    with pytest.raises(ValueError, match="patches of 10 px; expected one of 3, 5, 9, 17, 33"):
        BagNet(10)
