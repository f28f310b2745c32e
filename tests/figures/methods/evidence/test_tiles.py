"""Shuffled tiles: every pixel is still there, and who counts pixels answers the same."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import nn

from figures.methods import models
from figures.methods.datasets.held import Held
from figures.methods.evidence import tiles

SIDE = 8


def counting() -> models.Model:
    """A network that answers which of red, green and blue there is most of."""

    def make() -> nn.Module:
        network = nn.Sequential(nn.Conv2d(3, 3, 1), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(3, 3))
        with torch.no_grad():
            for layer in (network[0], network[4]):
                layer.weight.copy_(torch.eye(3).reshape(layer.weight.shape))
                layer.bias.zero_()
        return network

    return models.made("counting", make, size_px=SIDE, heads={"logits": ("red", "green", "blue")})


def coloured(labels: tuple[str, ...] = ("red", "green", "blue", "red")) -> Held:
    images = torch.rand(4, 3, SIDE, SIDE, generator=torch.Generator().manual_seed(0)) * 0.5
    for image, channel in zip(images, (0, 1, 2, 1), strict=True):
        image[channel] += 0.4
    return Held("coloured", images, ("a", "b", "c", "d"), labels)


def test_tiles_are_laid_row_by_row_in_the_order():
    image = torch.arange(16.0).reshape(1, 4, 4)
    laid = tiles.shuffled(image, np.array([3, 2, 1, 0]))
    assert laid[0].tolist() == [[10, 11, 8, 9], [14, 15, 12, 13], [2, 3, 0, 1], [6, 7, 4, 5]]


def test_an_order_that_changes_nothing_changes_nothing():
    image = torch.rand(3, 8, 8)
    assert torch.equal(tiles.shuffled(image, np.arange(16)), image)
    assert torch.equal(tiles.shuffled(image, np.arange(1)), image)


def test_orders_go_by_seed_and_image_alone():
    one = tiles.order(4, seed=0, image=3)
    assert sorted(one.tolist()) == list(range(16))
    assert np.array_equal(one, tiles.order(4, seed=0, image=3))
    assert not np.array_equal(one, tiles.order(4, seed=0, image=4))
    assert not np.array_equal(one, tiles.order(4, seed=1, image=3))


def test_tiles_that_do_not_fit_are_told_with_numbers_that_do():
    with pytest.raises(ValueError, match="64 px in 7 equal parts; expected one of 2, 4, 8"):
        tiles.check(64, 7)


def test_who_counts_pixels_does_not_mind():
    shares = list(tiles.shares(counting(), coloured(), (1, 2, 4), field_px=1, heads=("logits",), seed=0))
    assert [(one.hits, one.trials, one.known) for one in shares] == [(3, 4, True)] * 3
    assert shares[0].chance == pytest.approx(1 / 3)


def test_without_labels_answers_are_compared_with_those_to_whole_pictures():
    shares = list(tiles.shares(counting(), coloured(("x",) * 4), (1, 2), field_px=1, heads=("logits",), seed=0))
    assert [(one.hits, one.trials, one.known) for one in shares] == [(4, 4, False)] * 2
    assert shares[0].chance == pytest.approx((1 + 4 + 1) / 16)


def test_pictures_are_shown_in_every_order_with_their_answers():
    (row,) = tiles.pictures([counting()], coloured(), ("3",), (1, 2), head="logits", seed=0)
    assert [one.tiles for one in row] == [1, 2]
    assert [(one.answers, one.right) for one in row] == [(("green",), (False,))] * 2
    assert np.allclose(np.sort(row[0].image.ravel()), np.sort(row[1].image.ravel()))
