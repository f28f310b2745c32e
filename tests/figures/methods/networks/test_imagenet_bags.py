"""BagNets by name: what their places see, and what is said where their weights are not there."""

from __future__ import annotations

import pytest

from figures.methods import models, networks
from figures.methods.assembly.blueprint import MissingWeights


def test_a_place_sees_the_patch_of_the_name():
    model = models.load("bagnet9@none")
    field = model.receptive_field("layer4")
    assert (field.size_px, field.stride_px, field.start_px) == (9, 8, 0)
    assert model.main == ("relu", "layer1", "layer2", "layer3", "layer4")
    assert model.heads["logits"][281] == "tabby"


def test_weights_are_the_authors_to_bring():
    assert networks.read("bagnet33@nets/b33.pth").file.name == "b33.pth"
    with pytest.raises(MissingWeights, match="cannot be fetched; write bagnet17@path"):
        models.load("bagnet17")
    with pytest.raises(ValueError, match="did you mean 'bagnet17'"):
        networks.read("bagnet18")
