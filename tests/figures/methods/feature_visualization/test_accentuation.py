"""A picture is changed for a unit: it answers more, and the picture stays as far as it is held."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from figures.methods import datasets, models
from figures.methods.activations import read
from figures.methods.feature_visualization import accentuation
from figures.methods.feature_visualization.accentuation import Changes, accentuate, halfway

pytestmark = pytest.mark.slow

UNITS = ("mixed3b:188", "mixed3b:17", "mixed3b:17-")
HOW = {"keep_layer": "conv2", "steps": 12}


@pytest.fixture(scope="module")
def model():
    return models.load("glyphs")


@pytest.fixture(scope="module")
def image(model):
    return datasets.load("glyphs:8").sized(model.input_size, model.channels).images([3])[0].numpy()


@pytest.fixture(scope="module")
def held(model, image):
    return accentuate(model, UNITS, image=image, **HOW)


def test_units_answer_more_and_with_a_minus_less(held):
    rise = held.after - held.before
    assert (rise[:2] > 0).all()
    assert rise[2] < 0


def test_what_was_before_is_what_the_network_says_of_the_picture(model, image, held):
    with torch.no_grad():
        maps = read(model, torch.tensor(image[None]), ["mixed3b"])["mixed3b"][0].numpy()
    assert held.before[0] == pytest.approx(maps[188].max(), rel=0.02, abs=0.05)
    assert held.before[2] == pytest.approx(maps[17].min(), rel=0.02, abs=0.05)
    assert tuple(held.places[1]) == np.unravel_index(maps[17].argmax(), maps[17].shape)


def test_the_more_it_costs_the_less_a_picture_changes(model, image, held):
    free, dear = (accentuate(model, UNITS[:2], image=image, keep=keep, **HOW) for keep in (0.0, 50.0))
    assert (dear.changed < held.changed[:2]).all()
    assert (held.changed[:2] <= free.changed).all()
    assert (free.after >= dear.after).all()


def test_a_picture_is_the_same_alone_and_in_company(model, image, held):
    alone = accentuate(model, UNITS[1:2], image=image, **HOW)
    assert np.abs(alone.images[0].astype(int) - held.images[1].astype(int)).max() <= 1


def test_a_whole_channel_has_no_place_and_a_position_no_channel(model, image):
    whole = accentuate(model, UNITS[:1], image=image, objective="channel", keep_layer="conv2", steps=2)
    assert whole.places.tolist() == [[-1, -1]]
    with pytest.raises(ValueError, match=r"mixed3b:17@2,2 is one position; .*expected neuron"):
        accentuate(model, ("mixed3b:17@2,2",), image=image, objective="channel", keep_layer="conv2", steps=2)


def test_changes_begin_with_the_picture_as_it_is():
    image = torch.rand(3, 16, 16, generator=torch.Generator().manual_seed(0))
    start = Changes.none_yet(2, image, 3, accentuation.RECIPE, torch.eye(3))
    assert torch.allclose(start.decode()[1, :, 3:-3, 3:-3], image, atol=1e-5)
    assert torch.allclose(start.decode(), start.unchanged().expand(2, -1, -1, -1))


def test_a_picture_is_held_together_halfway_to_the_deepest_unit(model):
    layers = [name for name in model.main if name not in model.heads]
    assert halfway(model, (f"{layers[0]}:0",)) == layers[0]
    deepest = halfway(model, (f"{layers[0]}:0", f"{next(iter(model.heads))}:1"))
    assert deepest == layers[(len(layers) - 1) // 2]


def test_a_layer_within_a_block_is_no_deeper_than_its_block():
    model = models.load("efficientnet-lite0")
    assert halfway(model, ("block7.depthwise:391",)) == halfway(model, ("block7:0",)) == "block3"
    assert halfway(model, ("stem:0",)) == "stem"
