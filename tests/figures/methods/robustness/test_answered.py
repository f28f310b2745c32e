"""What is right of a picture, and how answers are counted."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from figures.methods import datasets, models
from figures.methods.datasets.held import Held
from figures.methods.rates import Rate
from figures.methods.robustness.answered import (
    accuracy,
    agreeing,
    answers,
    as_they_are,
    can_be_wrong,
    truths,
)
from tests.figures import small_networks

IMAGES = torch.rand(6, 3, 8, 8, generator=torch.Generator().manual_seed(0))
MODEL = small_networks.model(small_networks.pooled)


def held(labels: tuple[str, ...]) -> Held:
    return Held("six", IMAGES, tuple("abcdef"), labels)


def test_a_network_is_right_where_labels_are_its_own_answers():
    own = as_they_are(MODEL, held(()), np.arange(6), "logits")
    data = held(tuple(map(str, own.tolist())))
    assert accuracy(MODEL, data, count=6) == Rate(6, 6)
    wrong = held(tuple(str((number + 1) % 3) for number in own.tolist()))
    assert accuracy(MODEL, wrong, count=6) == Rate(0, 6)


def test_nothing_is_right_where_labels_are_no_classes():
    data = held(("cat",) * 6)
    assert truths(MODEL, data, np.arange(6), "logits") is None
    assert not can_be_wrong(MODEL, data, "")
    assert accuracy(MODEL, data, count=6) is None


def test_nobody_asks_what_was_never_trained():
    assert not can_be_wrong(models.load("glyphs-untrained"), datasets.load("glyphs:4"), "")


def test_glyphs_have_a_true_texture_too():
    data, model = datasets.load("glyphs:8"), models.load("glyphs")
    true = data.parameters(range(8)).texture.tolist()
    assert truths(model, data, np.arange(8), "texture").tolist() == true


def test_strengths_are_kept_each_by_itself():
    wanted = {"images": np.arange(6), "head": "logits", "corruption": "blur"}
    both = answers(MODEL, held(()), strengths=(0.0, 2.0), **wanted).number
    assert both.shape == (2, 6)
    assert np.array_equal(both[0], as_they_are(MODEL, held(()), np.arange(6), "logits"))


def test_what_could_not_be_decoded_does_not_count():
    assert agreeing(np.array([1, -1, 2]), np.array([1, -1, 0])) == Rate(1, 2)
    low, high = Rate(1, 2).ends
    assert low < 0.5 < high
    assert np.isnan(Rate(0, 0).share)


def test_a_head_that_there_is_not_gives_the_nearest():
    assert MODEL.head("") == "logits"
    with pytest.raises(ValueError, match="did you mean 'logits'"):
        MODEL.head("logit")
