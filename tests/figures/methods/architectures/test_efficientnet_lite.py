"""The architecture of EfficientNet-Lite: numbers of blocks, widths, borders."""

from __future__ import annotations

import pytest
import torch

from figures.methods.architectures import efficientnet_lite
from figures.methods.architectures.efficientnet_lite import SCALES, Convolution, EfficientNetLite


@pytest.mark.parametrize(
    ("name", "widths", "count"),
    [
        ("efficientnet-lite0", [16, 24, 40, 80, 112, 192, 320], 16),
        ("efficientnet-lite1", [16, 24, 40, 80, 112, 192, 320], 21),
        ("efficientnet-lite2", [16, 24, 48, 88, 120, 208, 352], 21),
    ],
)
def test_stages_are_scaled_but_for_the_number_of_blocks_of_the_first_and_the_last(name, widths, count):
    found = efficientnet_lite.stages(SCALES[name])
    assert [stage.width for stage in found] == widths
    assert (found[0].repeats, found[-1].repeats) == (1, 1)
    assert len(list(efficientnet_lite.blocks(SCALES[name]))) == count


def test_blocks_are_counted_as_the_table_counts_stages():
    assert list(efficientnet_lite.blocks(SCALES["efficientnet-lite0"]))[5:8] == [(5, 1), (5, 2), (5, 3)]


@pytest.mark.parametrize(("side", "kernel", "stride"), [(224, 3, 2), (112, 5, 2), (65, 5, 2), (65, 3, 2), (14, 5, 1)])
def test_borders_are_those_of_tensorflow(side, kernel, stride):
    """Of a column of ones along every row, the sum over the kernel says how many of its columns are inside."""
    layer = Convolution(1, 1, kernel=kernel, side=side, stride=stride, linear=True)
    with torch.no_grad():
        layer.conv.weight.fill_(1)
        inside = layer.conv(layer.border(torch.ones(1, 1, side, side)))[0, 0]
    outputs = -(-side // stride)
    before = max((outputs - 1) * stride + kernel - side, 0) // 2
    starts = torch.arange(outputs) * stride - before
    expected = (starts + kernel).clamp(max=side) - starts.clamp(min=0)
    assert torch.equal(inside, torch.outer(expected, expected).float())


def test_a_network_of_a_small_image_answers_as_many_classes_as_are_asked_for():
    network = EfficientNetLite(SCALES["efficientnet-lite0"], size_px=33, classes=7).eval()
    with torch.no_grad():
        assert network(torch.rand(2, 3, 33, 33)).shape == (2, 7)
