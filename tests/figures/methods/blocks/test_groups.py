"""What groups add to a class and what they leave add up to all that the layer adds."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from figures.methods import datasets, models
from figures.methods.blocks import groups as methods
from figures.methods.blocks.groups import groups
from tests.figures import blocks, small_networks


@pytest.fixture(scope="module")
def split():
    model, picture = small_networks.model(small_networks.convolutional), small_networks.picture().numpy()
    (head,) = model.heads
    return model, groups(model, image=picture, layer="3", count=3, head=head)


def test_shares_and_rest_add_up_to_what_the_layer_adds_and_that_and_the_bias_to_the_logit(split):
    model, seen = split
    assert seen.attributed.sum(axis=1) + seen.rest == pytest.approx(seen.total, abs=1e-9)
    bias = model.network[-1].bias[torch.as_tensor(seen.classes)].numpy()
    assert seen.total + bias == pytest.approx(seen.logit, abs=1e-5)


def test_shares_are_the_groups_own_activations_times_the_weights(split):
    model, seen = split
    weight = model.network[-1].weight.numpy()[seen.classes].astype(np.float64)
    expected = np.einsum("gyx,gc,kc->kg", seen.where, seen.directions, weight) / seen.where[0].size
    assert seen.attributed == pytest.approx(expected, abs=1e-6)


def test_the_likeliest_classes_come_first_and_asked_ones_as_they_are(split):
    model, seen = split
    assert (np.diff(seen.logit) <= 0).all()
    (head,) = model.heads
    asked = groups(model, image=small_networks.picture().numpy(), layer="3", count=2, head=head, classes=(2, 0))
    assert asked.classes.tolist() == [2, 0]


def test_groups_explain_what_is_above_zero_and_more_of_them_more(split):
    model, seen = split
    (head,) = model.heads
    picture = small_networks.picture().numpy()
    assert (seen.where >= 0).all()
    assert (seen.directions >= 0).all()
    assert groups(model, image=picture, layer="3", count=1, head=head).error > seen.error
    assert seen.below == 0
    assert 0 < groups(model, image=picture, layer="2", count=2, head=head).below < 1


def test_too_many_groups_and_what_there_is_not_are_refused():
    model, data = models.load("glyphs"), datasets.load("glyphs:8")
    how = {"count": 2, "classes": (), "head": "", "steps": 1, "seed": 0}
    with pytest.raises(ValueError, match="65 factors; expected 1 to 64"):
        methods.of(model, data, "3", "mixed4a", **{**how, "count": 65})
    with pytest.raises(ValueError, match="has no head 'shap'"):
        methods.of(model, data, "3", "mixed4a", **{**how, "head": "shap"})
    with pytest.raises(ValueError, match="did you mean 'ellipse'"):
        methods.of(model, data, "3", "mixed4a", **{**how, "classes": ("elipse",)})


def test_maps_compare_and_channels_are_named_by_weight():
    seen = blocks.blocks()
    assert seen.maps.max() == 1
    assert seen.maps[0, 0, 0] == pytest.approx(np.hypot(0.5, 0.5) / (2 * np.hypot(0.2, 0.8)))
    assert seen.strongest(1, 2) == ["a:2", "a:1"]
    rows = seen.columns()
    assert rows["group"] == ("1", "2", "rest", "all")
    assert rows["cat"] == (2.0, -0.5, -0.5, 1.0)
