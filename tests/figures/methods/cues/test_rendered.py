"""Glyphs are drawn with the shape and the texture that are asked for."""

from __future__ import annotations

import numpy as np
import pytest

from figures.glyphs import dataset as glyphs
from figures.methods import datasets
from figures.methods.cues import rendered


def test_shapes_and_textures_go_by_name_by_class_and_by_image():
    data = datasets.load("glyphs:9")
    truth = data.parameters([4])
    shapes = rendered.shapes(data, ["arrow", "4"])
    assert shapes.classes == (glyphs.SHAPES.index("arrow"), int(truth.shape[0]))
    assert shapes.labels == shapes.words
    textures = rendered.textures(data, ["wood", "arrow", "4"])
    arrow = glyphs.SHAPES.index("arrow")
    assert textures.classes == (glyphs.TEXTURES.index("wood"), arrow, int(truth.texture[0]))
    assert textures.words[1] == glyphs.TEXTURES[arrow]
    assert textures.labels[1] == "arrow"


def test_what_there_is_not_gives_the_nearest():
    data = datasets.load("glyphs:9")
    with pytest.raises(ValueError, match="no shape 'arow'.*did you mean 'arrow'"):
        rendered.shapes(data, ["arow"])
    with pytest.raises(ValueError, match="no texture 'woods'.*did you mean 'wood'"):
        rendered.textures(data, ["woods"])
    with pytest.raises(ValueError, match="images 0 to 8"):
        rendered.shapes(data, ["9"])
    with pytest.raises(ValueError, match="photographs has none; expected `dataset: glyphs`"):
        rendered.shapes(datasets.load("photographs"), ["arrow"])


def test_every_shape_stands_in_every_texture():
    data = datasets.load("glyphs:9")
    shapes, textures = rendered.shapes(data, ["arrow", "disc"]), rendered.textures(data, ["wood", "checker", "grid"])
    both = rendered.both(shapes, textures, 0)
    assert both.shape == (6, 3, 64, 64)
    for place, (index, shape, texture) in enumerate([(0, 13, 8), (0, 13, 1), (0, 13, 14), (1, 0, 8)]):
        [alone] = rendered.drawn([index], [shape], [texture], rendered.BOTH, 0)
        np.testing.assert_array_equal(both[place], alone)
