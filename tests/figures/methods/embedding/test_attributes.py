"""What is known of images comes from their labels and from what glyphs were drawn with."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
import torch

from figures.glyphs.dataset import SHAPES, TEXTURES
from figures.methods.datasets.glyphs import Glyphs
from figures.methods.datasets.held import Held
from figures.methods.embedding import attributes

DATA, IMAGES = Glyphs(60), list(range(5, 60))


def test_the_label_of_glyphs_is_their_shape():
    label, shape = (attributes.of(DATA, name, IMAGES) for name in ("label", "shape"))
    assert label.words == shape.words
    assert shape.order == tuple(name for name in SHAPES if name in shape.words)
    assert label.order == tuple(sorted(shape.order))


def test_textures_go_by_their_names():
    truth = DATA.parameters(IMAGES).texture.tolist()
    assert attributes.of(DATA, "texture", IMAGES).words == tuple(TEXTURES[number] for number in truth)
    assert set(attributes.of(DATA, "filled", IMAGES).words) == {"filled", "outline"}


def test_a_number_is_split_into_equally_large_groups_in_order():
    size = attributes.of(DATA, "scale_px", IMAGES)
    assert size.ordered
    assert set(Counter(size.words).values()) == {11}
    means = [np.mean([v for v, w in zip(DATA.parameters(IMAGES).scale_px.tolist(), size.words, strict=True) if w == g])
             for g in size.order]  # fmt: skip
    assert means == sorted(means)


def test_a_name_that_there_is_not_gives_the_nearest():
    with pytest.raises(ValueError, match="did you mean 'texture'"):
        attributes.of(DATA, "textur", IMAGES)


def test_pictures_have_labels_alone_and_may_have_none():
    data = Held("some", torch.zeros(2, 3, 4, 4), ("a", "b"))
    assert attributes.of(data, "label", [0, 1]).order == ()
    with pytest.raises(ValueError, match="colour: images of some have no 'shape' \\(they have label"):
        attributes.of(data, "shape", [0, 1])
