"""Windows of what positions see."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from figures.methods import datasets, models
from figures.methods import scan as scans
from figures.methods.scan import views

LAYER = "mixed3b"


@pytest.fixture(scope="module")
def model() -> models.Model:
    return models.load("glyphs")


@pytest.fixture(scope="module")
def data() -> datasets.Glyphs:
    return datasets.load("glyphs:8")


def test_a_window_over_the_border_is_moved_inside(model, data):
    whole = data.images([4])[0]
    (crop,) = scans.crops(model, data, LAYER, np.array([4]), np.array([0]), np.array([15]))
    assert torch.equal(crop, whole[:, :46, -46:])


def test_windows_lie_in_the_image_and_move_with_their_positions(model):
    position = np.arange(16)
    rows, columns, side = views.windows(model, LAYER, position, position[::-1])
    assert side == model.receptive_field(LAYER).size_px == 46
    assert rows.min() == 0
    assert rows.max() == 64 - side
    assert (np.diff(rows) >= 0).all()
    assert np.array_equal(rows, columns[::-1])
    assert rows[7] == model.receptive_field(LAYER).first_px(7)


def test_a_field_that_is_larger_than_the_image_is_the_image(model, data):
    rows, columns, side = views.windows(model, "shape", np.array([0]), np.array([0]))
    assert (rows.tolist(), columns.tolist(), side) == ([0], [0], 64)
    crop = scans.crops(model, data, "shape", np.array([3]), np.array([0]), np.array([0]))
    assert torch.equal(crop, data.images([3]))


def test_a_network_sees_a_data_set_in_its_own_size_and_in_colour(model, data):
    seen = views.seen(model, data.sized(20, 1))
    assert (seen.size_px, seen.channels, len(seen)) == (model.input_size, 3, len(data))
