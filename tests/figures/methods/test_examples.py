"""The images that drive a unit furthest, as it sees them or whole."""

from __future__ import annotations

import numpy as np
import pytest

from figures.methods import datasets, examples, models, scan
from figures.methods.activations import activations

UNITS = ("mixed3a:3", "conv1:5-")


@pytest.fixture(scope="module")
def network() -> models.Model:
    return models.load("glyphs-untrained")


@pytest.fixture(scope="module")
def data() -> datasets.Dataset:
    return datasets.load("glyphs:12")


@pytest.mark.parametrize("whole", [False, True])
def test_a_unit_answers_so_where_its_images_say(network, data, whole):
    for seen in examples.of(network, data, UNITS, 4, whole=whole):
        maps = activations(network, data.images(seen.positions.image), seen.unit.layer)[:, seen.unit.index].numpy()
        sign = -1 if seen.unit.negative else 1
        assert (sign * maps).max(axis=(1, 2)) == pytest.approx(sign * seen.positions.value, abs=1e-4)
        assert (np.diff(sign * seen.positions.value) <= 0).all()
        assert len(set(seen.positions.image)) == 4


def test_what_it_sees_is_the_window_of_the_whole_image(network, data):
    (crops, *_), (whole, *_) = (examples.of(network, data, UNITS, 3, whole=kind) for kind in (False, True))
    rows, columns, side = whole.window
    assert crops.window is None
    assert crops.pictures.shape == (3, side, side, 3)
    for crop, image, row, column in zip(crops.pictures, whole.pictures, rows, columns, strict=True):
        assert np.array_equal(crop, image[row : row + side, column : column + side])


def test_all_units_share_one_scan(network, data, monkeypatch):
    asked, plain = [], scan.by_layer
    monkeypatch.setattr(scan, "by_layer", lambda *args, **depth: asked.append(args[2]) or plain(*args, **depth))
    examples.of(network, data, UNITS, 2)
    assert asked == [["mixed3a", "conv1"]]
