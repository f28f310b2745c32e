"""Every method is measured the same alone and in company."""

from __future__ import annotations

import numpy as np
import pytest

from figures.methods.saliency.maps import Recipe
from figures.methods.saliency.saliency import saliency
from tests.figures.small_networks import convolutional, model, picture

HOW = {"unit": "logits:1", "place": (0, 0), "image": picture().numpy(), "recipe": Recipe(steps=128, patch_px=4)}
METHODS = ("gradient", "integrated-gradients", "occlusion")


def test_a_method_is_the_same_alone_and_in_company():
    net = model(convolutional)
    together, alone = saliency(net, METHODS, **HOW), saliency(net, METHODS[1:2], **HOW)
    assert together.attributions.shape == (3, 3, 8, 8)
    assert together.deletion.shape == together.insertion.shape == (3, 17)
    for name, values in vars(alone).items():
        assert np.array_equal(values[0], vars(together)[name][1]), name


def test_the_gap_is_what_is_missing_of_the_difference():
    found = saliency(model(convolutional), METHODS, **HOW)
    assert len(set(found.value.tolist())) == 1
    assert abs(found.gap[1]) < 0.01 * abs(found.value[1] - found.grey[1])
    assert found.deletion[:, 0] == pytest.approx(found.insertion[:, -1])
