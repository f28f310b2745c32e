"""A layer is asked as it leaves itself, and must have a map."""

from __future__ import annotations

import pytest
import torch

from figures.methods import models
from figures.methods.blocks.answers import answers, mapped
from tests.figures import small_networks


def test_answers_are_those_behind_the_rectifier():
    model, picture = small_networks.model(small_networks.convolutional), small_networks.picture()
    seen = answers(model, "1", image=picture.numpy()).maps
    with torch.no_grad():
        expected = model.network[:2](picture[None])[0]
    assert seen == pytest.approx(expected.numpy(), abs=1e-6)
    assert seen.min() == 0


def test_a_layer_without_a_map_is_refused():
    glyphs = models.load("glyphs")
    assert mapped(glyphs, "mixed4a") == "mixed4a"
    with pytest.raises(ValueError, match="shape is a head; expected a layer with a map, such as mixed4b"):
        mapped(glyphs, "shape")
    assert [mapped(glyphs, name) for name in glyphs.main] == list(glyphs.main)
