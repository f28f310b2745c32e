"""Conflict pictures of a folder serve probes as drawings do."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from PIL import Image

from figures.gallery.dimensionality import dimensionality
from figures.gallery.linear_probes import linear_probes
from figures.methods import datasets
from figures.methods.probes import named_pictures


def folder(root, names):
    """Write pictures: the brightness of a disc tells the shape, that of the ground the texture."""
    lies = root / "conflicts"
    lies.mkdir()
    for name in names:
        shape, texture = (0 if part.startswith("cat") else 1 for part in name.split("-"))
        pixels = np.full((32, 32, 3), 60 + 120 * texture + sum(map(ord, name)) % 7, np.uint8)
        pixels[8:24, 8:24] = 30 + 180 * shape + sum(map(ord, name)) % 5
        Image.fromarray(pixels).save(lies / f"{name}.png")
    return datasets.load(str(lies))


def crossed(exemplars=3):
    ones = [f"{category}{number}" for category in ("cat", "dog") for number in range(1, exemplars + 1)]
    return [f"{shape}-{texture}" for shape, texture in product(ones, ones)]


def test_names_tell_classes_and_exemplars(tmp_path) -> None:
    pictures = named_pictures.of(folder(tmp_path, crossed()))
    known = pictures.labels()
    assert len(known) == 36
    for cue in ("shape", "texture"):
        assert np.bincount(known.classes(cue)).tolist() == [18, 18]
        assert np.bincount(known.groups(cue)).tolist() == [6] * 6
    assert pictures.images(np.array([0, 35]), 16).shape == (2, 3, 16, 16)
    assert "36 pictures" in pictures.words
    assert "2 shapes and 2 textures" in pictures.words


def test_pictures_of_one_shape_cannot_be_told_apart(tmp_path) -> None:
    with pytest.raises(ValueError, match="pictures of one shape only; expected 2 or more"):
        named_pictures.of(folder(tmp_path, ("cat1-dog1", "cat2-dog2")))


@pytest.mark.slow
def test_both_figures_take_a_folder(tmp_path) -> None:
    lies = folder(tmp_path, crossed())
    read = linear_probes(models=("glyphs",), layers=("conv1",), pictures=lies.name, folds=3, control=False)
    assert read.values["chance_shape"] == 0.5
    assert read.values["pixels_texture"] > 0.9
    kept = dimensionality(models=("glyphs",), layers=("conv1",), pictures=lies.name, pairs=50)
    shares = [kept.values[f"share_{name}_conv1"] for name in ("shape", "texture", "residual")]
    assert sum(shares) == pytest.approx(1)


@pytest.mark.slow
def test_too_few_exemplars_are_told(tmp_path) -> None:
    lies = folder(tmp_path, crossed(exemplars=2))
    with pytest.raises(ValueError, match="has 2 exemplars; expected at least 3"):
        linear_probes(models=("glyphs",), layers=("conv1",), pictures=lies.name, control=False)
