"""Crops lie around their places, inside the picture."""

from __future__ import annotations

import numpy as np
import torch

from figures.methods.comparison import crops
from figures.methods.datasets.held import Held
from tests.figures import small_networks

NET = small_networks.model(small_networks.convolutional)  # layer 3 sees 7 of 8 px, every 2
DATA = Held("ramp", torch.arange(2 * 3 * 64).reshape(2, 3, 8, 8) / 400, ("a", "b"))


def test_a_crop_is_no_larger_than_what_a_place_sees() -> None:
    assert crops.side_px(NET, "3", 0.5) == 4
    assert crops.side_px(NET, "1", 0.9) == 3
    assert crops.side_px(NET, "1", 0.01) == 1


def test_crops_are_moved_inside_and_come_from_their_images() -> None:
    y, x, image = np.array([0, 3, 1]), np.array([0, 3, 2]), np.array([1, 0, 1])
    rows, columns = crops.corners(NET, "1", y, x, 3)
    assert rows.tolist() == [0, 5, 1]
    assert columns.tolist() == [0, 5, 3]
    cut = crops.around(NET, DATA, "1", image, y, x, 3)
    assert torch.equal(cut[2], DATA.images([1])[0, :, 1:4, 3:6])
    assert torch.equal(cut[1], DATA.images([0])[0, :, 5:8, 5:8])
