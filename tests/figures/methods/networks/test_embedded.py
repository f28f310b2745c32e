"""The networks that come with the package."""

from __future__ import annotations

import json

import pytest
import torch

from figures import cards
from figures.methods import models
from figures.methods.networks import embedded


@pytest.fixture(scope="module")
def glyphs() -> models.Model:
    return models.load("glyphs")


def test_other_weights_than_the_recorded_are_refused(glyphs):
    with pytest.raises(ValueError, match="changed while in use"):
        embedded._restore("glyphs", "0" * 64, embedded.WEIGHTS)


def test_the_card_of_an_embedded_network_is_like_any_other(glyphs):
    card = glyphs.card
    assert cards.read(json.loads(json.dumps(card.record))) == card
    assert list(card.layers) == list(glyphs.layers)
    assert card.layers["mixed3b"].receptive_field == (46, 4, -21)
    assert (card.weights.kind, card.random) == ("embedded", False)
    control = models.load("glyphs-untrained").card
    assert (control.weights.kind, control.random) == ("none", True)
    assert control.digest != card.digest


def test_untrained_networks_differ_by_seed_only(glyphs):
    one, same, other = (models.untrained(glyphs, seed) for seed in (0, 0, 1))
    image = torch.rand(1, 3, 64, 64)
    answers = [model.network(image)["shape"] for model in (one, same, other)]
    assert one.digest == same.digest != other.digest
    assert torch.equal(answers[0], answers[1])
    assert not torch.allclose(answers[0], answers[2])
    assert models.load("glyphs-untrained").digest == one.digest
