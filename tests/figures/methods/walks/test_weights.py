"""What lower units add makes the upper one, but for biases; it is summed first and ranked after."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import nn

from figures.methods import models
from figures.methods.activations import activations
from figures.methods.walks.weights import Weights, is_inactive, weights
from tests.figures import small_networks as small

IMAGE = small.picture().numpy()


def strongest_place(model: models.Model, layer: str) -> tuple[int, tuple[int, int]]:
    maps = activations(model, IMAGE[None], layer)[0]
    unit, rest = divmod(int(maps.flatten().argmax()), maps[0].numel())
    return unit, divmod(rest, maps.shape[-1])


@pytest.mark.parametrize(("upper", "lower"), [("7", "1"), ("7", "4"), ("4", "1"), ("6", "3")])
def test_without_biases_what_units_add_is_the_unit(upper: str, lower: str) -> None:
    model = small.model(small.pooled)
    unit, place = strongest_place(model, upper)
    seen = weights(model, f"{upper}:{unit}", place=place, image=IMAGE, layer=lower)
    assert float(seen.value) > 0
    assert seen.signed.sum() == pytest.approx(float(seen.value), rel=1e-5)
    assert seen.rest == pytest.approx(0, abs=1e-6)


def test_the_gap_is_the_bias_where_nothing_else_lies_between() -> None:
    model = small.model(small.biased)
    bias = model.network[3].bias
    for unit in range(7):
        seen = weights(model, f"3:{unit}", place=(1, 2), image=IMAGE, layer="2")
        assert seen.rest == pytest.approx(float(bias[unit]), abs=1e-6)


def test_a_class_is_made_of_what_units_add_and_a_bias() -> None:
    model = small.model(small.biased)
    seen = weights(model, "logits:2", place=(0, 0), image=IMAGE, layer="7")
    assert seen.rest == pytest.approx(float(model.network[9].bias[2]), abs=1e-6)


def test_by_a_minus_everything_is_turned() -> None:
    model = small.model(small.biased)
    up, down = (weights(model, f"3:1{sign}", place=(2, 2), image=IMAGE, layer="1") for sign in ("", "-"))
    assert np.allclose(up.signed, -down.signed)
    assert float(up.value) == -float(down.value)


def test_what_cancels_within_a_map_does_not_count() -> None:
    def differing() -> nn.Module:
        network = nn.Sequential(
            nn.Conv2d(3, 2, 1, bias=False), nn.Flatten(), nn.Linear(2 * small.SIDE**2, 1, bias=False)
        )
        with torch.no_grad():
            network[0].weight.zero_()[:, 0] = 1
            columns = network[2].weight.zero_().view(1, 2, small.SIDE, small.SIDE)
            columns[0, 0, 0, 0], columns[0, 0, 0, 1], columns[0, 1, 3, 4] = 1, -1, 0.5
        return network

    model, image = small.model(differing), np.ones((3, small.SIDE, small.SIDE), np.float32)
    seen = weights(model, "logits:0", place=(0, 0), image=image, layer="0")
    assert seen.signed.tolist() == [0, 0.5]
    assert seen.strongest(5) == [1]
    assert seen.places[1].tolist() == [3, 4]
    assert seen.answers[1] == 1


def test_the_strongest_are_those_of_the_largest_size_whatever_their_sign() -> None:
    places = np.zeros((4, 2), int)
    seen = Weights(np.array(1.0), np.array([1.0, -3.0, 0.0, 2.0]), places, np.ones(4))
    assert seen.strongest(2) == [1, 3]
    assert seen.strongest(9) == [1, 3, 0]
    assert seen.shares.tolist() == pytest.approx([1 / 6, 0.5, 0, 1 / 3])
    assert Weights(np.array(1.0), np.zeros(4), places, np.ones(4)).shares.tolist() == [0] * 4


def test_a_rectifier_that_is_shut_has_no_edges() -> None:
    model = small.model(small.biased)
    assert is_inactive(model, "4", -0.1)
    assert is_inactive(model, "4", 0.0)
    assert not is_inactive(model, "4", 0.1)
    assert not is_inactive(model, "3", -0.1)


def test_a_layer_above_adds_nothing() -> None:
    with pytest.raises(ValueError, match="does not reach"):
        weights(small.model(small.pooled), "1:0", place=(0, 0), image=IMAGE, layer="4")
