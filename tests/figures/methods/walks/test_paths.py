"""Paths through all units are the path of the unit above; each lies where that one looks."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import nn

from figures.methods.walks import paths
from tests.figures import small_networks as small

IMAGE = small.picture().numpy()


def test_a_path_stays_inside_what_the_upper_unit_sees_and_is_scaled_by_itself() -> None:
    model = small.model(small.biased)
    seen = paths.paths(model, (0, 1, 2, 3, 4), unit="3:2", place=(0, 0), image=IMAGE, layer="1")
    assert seen.maps.shape == (5, 3, small.SIDE, small.SIDE)
    sizes = np.abs(seen.maps).max(axis=(1, 2, 3))
    assert set(sizes.tolist()) <= {0.0, 1.0}
    assert sizes.any()
    assert not seen.maps[:, :, 5:].any()
    assert not seen.maps[:, :, :, 5:].any()


def test_of_a_single_channel_the_path_is_that_of_the_unit() -> None:
    def narrow() -> nn.Module:
        network = nn.Sequential(nn.Conv2d(3, 1, 3, padding=1), nn.ReLU(), nn.Conv2d(1, 2, 3, padding=1), nn.Flatten(),
                                nn.Linear(2 * small.SIDE**2, 2))  # fmt: skip
        with torch.no_grad():
            for one in network.parameters():
                one.abs_()
        return network

    model = small.model(narrow)
    child = paths.paths(model, (0,), unit="2:1", place=(4, 4), image=IMAGE, layer="1")
    own = paths.own(model, "2:1", place=(4, 4), image=IMAGE)
    assert child.rules.tolist() == own.rules.tolist() == ["guided"]
    assert np.allclose(child.maps, own.maps, atol=1e-3)


def test_a_unit_that_takes_away_is_shown_by_what_drives_it() -> None:
    def against() -> nn.Module:
        network = nn.Sequential(nn.Conv2d(3, 2, 1, bias=False), nn.ReLU(), nn.Conv2d(2, 1, 1, bias=False), nn.Flatten(),
                                nn.Linear(small.SIDE**2, 2))  # fmt: skip
        with torch.no_grad():
            network[0].weight.fill_(1)
            network[2].weight.copy_(torch.tensor([2.0, -1.0]).view(1, 2, 1, 1))
        return network

    seen = paths.paths(small.model(against), (0, 1), unit="2:0", place=(3, 3), image=IMAGE, layer="1")
    assert np.array_equal(seen.maps[0], seen.maps[1])
    assert seen.maps[0, :, 3, 3].tolist() == [1, 1, 1]
    assert seen.rules.tolist() == ["guided", "guided"]


def test_where_nothing_is_left_by_guided_backpropagation_the_gradient_goes_down_to_the_layer() -> None:
    def hidden() -> nn.Module:
        network = nn.Sequential(nn.Conv2d(3, 1, 1, bias=False), nn.ReLU(), nn.Conv2d(1, 1, 1), nn.ReLU(),
                                nn.Conv2d(1, 1, 1), nn.Flatten(), nn.Linear(small.SIDE**2, 2))  # fmt: skip
        with torch.no_grad():
            network[0].weight.fill_(1)
            network[2].weight.fill_(1)
            network[4].weight.fill_(-1)
        return network

    seen = paths.paths(small.model(hidden), (0,), unit="4:0", place=(2, 5), image=IMAGE, layer="1")
    assert seen.rules.tolist() == [paths.MIXED]
    assert seen.maps[0, :, 2, 5].tolist() == [1, 1, 1]
    assert np.count_nonzero(seen.maps[0]) == 3


@pytest.mark.parametrize(("make", "guided"), [(small.linear, False), (small.convolutional, True)])
def test_a_network_without_rectifiers_is_not_guided(make, guided) -> None:
    model = small.model(make)
    assert paths.guides(model) is guided
    own = paths.own(model, "logits:1", place=(0, 0), image=IMAGE)
    assert own.rules.tolist() == ["guided" if guided else "gradient"]
