"""Explained crops say of which images they are, and list what was measured of each."""

from __future__ import annotations

import dataclasses
import functools

import numpy as np
import pytest

from figures.methods import attribution, datasets, explained_crops, models

PLACES = ((3, 8, 8), (1, 7, 9))


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    recipe = dataclasses.replace(attribution.RECIPE, steps=2, picture_px=32)
    monkeypatch.setattr(explained_crops, "attributions", functools.partial(attribution.attributions, recipe=recipe))


def test_crops_are_of_the_layer_before_and_are_listed_with_their_numbers():
    network, data = models.load("glyphs"), datasets.load("glyphs:8")
    crops = explained_crops.of(network, data, network.unit("mixed3b:188"), PLACES, signed=False, seed=0)
    assert (crops.network, crops.dataset, crops.unit, crops.layer) == ("glyphs", "glyphs:8", "mixed3b:188", "mixed3a")
    columns = crops.columns()
    assert list(columns)[:4] == ["image", "y", "x", "activation"]
    assert list(zip(*(columns[name] for name in ("image", "y", "x")), strict=True)) == list(PLACES)
    total = np.array(columns["sum of contributions"])
    assert total == pytest.approx(np.array(columns["driving"]) + np.array(columns["holding back"]))
    assert np.array(columns["activation"]) == pytest.approx(total + np.array(columns["what is left"]), abs=1e-4)


def test_images_that_come_from_files_are_named(tmp_path):
    from PIL import Image

    for index in range(4):
        Image.fromarray(np.full((64, 64, 3), 40 * index, np.uint8)).save(tmp_path / f"{index}.png")
    network, data = models.load("glyphs"), datasets.load(str(tmp_path))
    crops = explained_crops.of(network, data, network.unit("mixed3b:188"), PLACES, layer="conv2", signed=True, seed=0)
    assert [name.rpartition("/")[2] for name in crops.columns()["file"]] == ["3.png", "1.png"]
    assert list(crops.columns())[:2] == ["image", "file"]
    assert crops.layer == "conv2"
