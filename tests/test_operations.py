"""What the benchmarks count: the operations of networks that are counted by hand, and how much faster one could be."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import torch
from torch import nn

from figures import lab
from figures.methods import models
from figures.methods.feature_visualization import Recipe
from tests.benchmarks import figures, operations, scans

SIDE, COLOURS, FIRST, SECOND = 16, 3, 4, 2
#: A multiplication and an addition for each place, output, and number that it reads.
THREES, ONES = 2 * 16 * 16 * FIRST * COLOURS * 9, 2 * 16 * 16 * SECOND * FIRST


@pytest.fixture(autouse=True)
def here() -> Iterator[None]:
    with lab.using(lab.Lab()):
        yield


@pytest.fixture(scope="module")
def network() -> models.Model:
    def build() -> nn.Module:
        return nn.Sequential(nn.Conv2d(COLOURS, FIRST, 3, padding=1), nn.ReLU(), nn.Conv2d(FIRST, SECOND, 1), nn.ReLU())

    return models.made("counted by hand", build, size_px=SIDE)


def test_an_image_costs_what_its_convolutions_do(network) -> None:
    assert operations.of_an_image(network, ("0",)) == pytest.approx(THREES / 1e9)
    assert operations.of_an_image(network, ("2",)) == pytest.approx((THREES + ONES) / 1e9)


def test_a_convolution_that_rectifies_counts_as_one_that_does_not() -> None:
    convolution = nn.Conv2d(COLOURS, FIRST, 3, stride=2)
    image, rest = torch.rand(2, COLOURS, 9, 9), ([0, 0], [2, 2], [1, 1], 1)
    plain = operations.counted(lambda: convolution(image))
    weights = convolution.weight.detach(), convolution.bias.detach()
    pointwise = torch.ops.mkldnn._convolution_pointwise
    assert operations.counted(lambda: pointwise(image, *weights, *rest, "relu", [], "")) == plain
    assert plain == pytest.approx(2 * 2 * 4 * 4 * FIRST * COLOURS * 9 / 1e9)


def test_a_step_goes_to_the_layer_and_back_to_the_picture_and_not_to_weights(network) -> None:
    recipe = Recipe(size_px=SIDE, objective="channel", picture_px=SIDE)
    step = operations.of_a_step(network, "2", 2, recipe)
    mixing = 2 * 22 * 22 * COLOURS**2  # of a picture that is three pixels wider all around
    assert step == pytest.approx(2 * (THREES + ONES + mixing) / 1e9, rel=1e-3)


def test_a_step_is_compared_with_itself_at_the_speed_of_matrices() -> None:
    turns = [{"ours": (2.0, 1.0), "others": (9.0, 8.0)}, {"ours": (2.0, 2.0), "others": (9.0, 16.0)}]
    ours, others = (figures.line(turns, (20.0, 10.0), {"ours": 5.0}, name) for name in ("ours", "others"))
    assert (ours.share, ours.ratios) == (0.25, {})
    assert (others.share, others.ratios, others.most) == (None, {"ours": 8.0}, {"ours": 32.0})


def test_a_scan_is_at_most_as_fast_as_its_network_alone() -> None:
    costs = {"scan": scans.Cost(10, 5.0, 4.0), "naive": scans.Cost(10, 20.0, 8.0)}
    scan, naive = scans.rows("images", costs, gflop=0.5, peak=5.0)
    assert (scan.faster, scan.most) == (1.0, 4.0)
    assert (naive.faster, naive.cheaper, naive.most) == (4.0, 2.0, 8.0)
