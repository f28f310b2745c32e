"""The photographs of installed packages as a data set: squares of pictures, the same everywhere."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
import torch
from PIL import Image
from skimage import data as shipped

from figures.manifests import photographs
from figures.methods import datasets
from figures.methods.datasets import decoding
from figures.methods.datasets.photographs import Squares


@pytest.fixture(scope="module")
def data() -> datasets.Dataset:
    return datasets.load("photographs")


def test_a_square_is_what_its_name_says(data):
    name = "chelsea/150x150+60+75"
    index = data.names(range(len(data))).index(name)
    expected = np.asarray(Image.fromarray(shipped.chelsea()).crop((60, 75, 210, 225)))
    found = data.images([index], 150)[0].permute(1, 2, 0) * 255
    assert np.array_equal(found.round().numpy().astype(np.uint8), expected)
    assert data.labels([index]) == ["chelsea"]


def test_the_first_of_a_picture_is_its_centre(data):
    assert data.names([3, 6]) == ["chelsea", "coffee"]
    expected = decoding.decoded(Image.fromarray(shipped.coffee()), 224, 3)
    apart = data.images([6])[0].permute(1, 2, 0).numpy() * 255 - expected
    assert np.abs(apart).mean() < 0.5  # at its edges, a square of its own knows nothing of what lies beyond


def test_the_digest_is_of_contents_and_names_wherever_the_packages_lie(data, tmp_path, monkeypatch):
    before = data.digest
    for picture in photographs.PHOTOGRAPHS:
        (tmp_path / picture.name).write_bytes(photographs.path_of(picture).read_bytes())
    monkeypatch.setattr(photographs, "path_of", lambda picture: tmp_path / picture.name)
    assert datasets.load("photographs").digest == before
    assert datasets.load("photographs:20").digest != before


def test_a_picture_of_another_size_than_is_known_is_an_error(data, monkeypatch):
    square = next(photographs.squares())
    other = dataclasses.replace(square, picture=dataclasses.replace(square.picture, width=99))
    monkeypatch.setattr("figures.methods.datasets.photographs._by_name", lambda: {other.name: other})
    with pytest.raises(ValueError, match="'astronaut' has 512 x 512 pixels; expected 99 x 512"):
        Squares(data.reader.manifest).content(0)


def test_parts_of_it_are_squares_too(data):
    assert torch.equal(data.part(20, 30).images([1]), data.images([21]))
