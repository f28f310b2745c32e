"""A gradient starts from one position, and goes back by the rule that is asked for."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from figures.methods.activations import read
from figures.methods.patches import slopes
from figures.methods.patches.windows import window
from tests.figures.small_networks import convolutional, linear, model, picture, positive

PLACES = [(0, 0), (1, 2), (3, 3)]


def sent(network, unit: str, method: str, images: torch.Tensor, places) -> slopes.Slopes:
    return slopes.slopes(network, network.unit(unit), method, images, places)


def test_of_a_linear_unit_it_is_the_weights():
    net = model(linear)
    found = sent(net, "logits:1", "gradient", picture()[None], [(0, 0)])
    assert torch.allclose(found.gradients[0].flatten(), net.network[1].weight[1])
    assert float(found.values) == pytest.approx(float(net.network(picture()[None])[0, 1]), abs=1e-6)


@pytest.mark.parametrize("place", PLACES)
def test_the_three_rules_agree_where_all_is_positive_and_fill_what_the_unit_sees(place):
    net = model(positive)
    found = [sent(net, "2:4", method, picture()[None], [place]).gradients[0] for method in slopes.METHODS]
    assert all(torch.allclose(one, found[0]) for one in found)
    moved = found[0].ne(0).any(dim=0)
    rows, columns = (moved.any(dim=dim).nonzero().flatten() for dim in (1, 0))
    seen = window(net, "2", place)
    assert (int(rows[0]), int(rows[-1]) + 1) == seen.rows
    assert (int(columns[0]), int(columns[-1]) + 1) == seen.columns


@pytest.mark.parametrize("method", slopes.METHODS)
def test_nothing_moves_outside_of_what_the_unit_sees(method):
    net = model(convolutional)
    for place in PLACES:
        gradient = sent(net, "2:4", method, picture()[None], [place]).gradients[0].numpy()
        assert np.abs(gradient).sum() > 0
        assert slopes.share(gradient, window(net, "2", place).cut(gradient)) == pytest.approx(1)


@pytest.mark.parametrize("method", slopes.METHODS)
def test_each_picture_has_a_place_of_its_own(method):
    net, images = model(convolutional), torch.stack([picture(seed) for seed in range(3)])
    together = sent(net, "2:4", method, images, PLACES)
    for index, place in enumerate(PLACES):
        alone = sent(net, "2:4", method, images[index : index + 1], [place])
        assert torch.allclose(together.gradients[index], alone.gradients[0], atol=1e-6)
    maps = read(net, images, ["2"])["2"].detach()
    expected = [float(one[4, y, x]) for one, (y, x) in zip(maps, PLACES, strict=True)]
    assert together.values.tolist() == pytest.approx(expected, abs=1e-6)


def test_a_minus_turns_the_gradient():
    net, images = model(convolutional), picture()[None]
    one, other = (sent(net, unit, "gradient", images, [(1, 1)]) for unit in ("2:4", "2:4-"))
    assert torch.equal(one.gradients, -other.gradients)
    assert float(one.values) == -float(other.values)


def test_zero_is_grey_and_the_largest_are_black_and_white():
    gradient = np.zeros((3, 4, 4))
    gradient[0, 0, 0], gradient[1, 0, 1] = 2.0, -2.0
    drawn = slopes.greyed(gradient)
    assert drawn.shape == (4, 4, 3)
    assert (drawn[0, 0, 0], drawn[0, 1, 1], drawn[2, 2, 2]) == (255, 1, 128)
    assert (slopes.greyed(np.zeros((1, 2, 2))) == 128).all()


def test_of_nothing_there_is_no_share():
    assert np.isnan(slopes.share(np.zeros((1, 2, 2)), np.zeros((1, 1, 1))))
    assert slopes.share(np.array([3.0, -1.0]), np.array([-1.0])) == 0.25


def test_a_method_that_there_is_not_gives_the_nearest():
    with pytest.raises(
        ValueError, match="'guidd' is not one of guided, deconvolution, gradient; did you mean 'guided'"
    ):
        sent(model(linear), "logits:1", "guidd", picture()[None], [(0, 0)])
