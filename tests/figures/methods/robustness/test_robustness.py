"""Curves begin at the picture as it is, fall where it is lost, and say where half is gone."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from figures.glyphs.dataset import LINKED
from figures.methods import datasets
from figures.methods.datasets.held import Held
from figures.methods.rates import Rate
from figures.methods.robustness import robustness
from figures.methods.robustness.robustness import Curve
from tests.figures import seen_fields, small_networks

DATA = Held("five", torch.rand(5, 3, 8, 8, generator=torch.Generator().manual_seed(0)), tuple("abcde"), ("cat",) * 5)
MODELS = [small_networks.model(small_networks.pooled, seed) for seed in (0, 1)]
STEPS = {"blur": (2.0, 1.0), "contrast": (0.0, 0.5)}


def test_a_network_agrees_with_itself_until_pictures_change():
    seen = robustness.of(MODELS, DATA, STEPS, images=5)
    assert seen.score == "consistency"
    assert [(curve.network, curve.corruption) for curve in seen.curves[:2]] == [(m.name, "blur") for m in MODELS]
    assert all(curve.shares[0] == Rate(5, 5) for curve in seen.curves)
    assert [curve.strengths for curve in seen.curves[1:3]] == [(0.0, 1.0, 2.0), (1.0, 0.5, 0.0)]
    assert seen.columns()["consistency"][0] == 1


def test_accuracy_is_what_labels_say_and_an_error_where_they_say_nothing():
    with pytest.raises(ValueError, match="expected consistency"):
        robustness.of(MODELS, DATA, STEPS, images=5, score="accuracy")
    known = Held("five", DATA.whole, DATA.given, ("0", "1", "2", "0", "1"))
    seen = robustness.of(MODELS, known, STEPS, images=5)
    assert seen.score == "accuracy"
    assert seen.chances == {model.name: 1 / 3 for model in MODELS}


def test_half_is_lost_between_the_strengths_around_it():
    falling = Curve("n", "blur", (0.0, 1.0, 2.0), (Rate(90, 100), Rate(70, 100), Rate(30, 100)))
    assert falling.halved(0.1) == pytest.approx(1.5)
    assert falling.halved(0.0) == pytest.approx(1 + 25 / 40)
    steady = seen_fields.curves().curves[1]
    assert steady.halved(0.1) is None
    pale = Curve("n", "contrast", (1.0, 0.5, 0.1), (Rate(90, 100), Rate(90, 100), Rate(10, 100)))
    assert pale.halved(0.1) == pytest.approx(0.3)


def test_the_texture_of_glyphs_can_go_with_their_shape():
    data = robustness.with_cues(datasets.load("glyphs:12"), "agree")
    true = data.parameters(range(12))
    assert data.variant == LINKED
    assert true.shape.tolist() == true.texture.tolist()
    assert data.digest != robustness.with_cues(data, "apart").digest
    assert robustness.with_cues(data, "apart") == datasets.load("glyphs:12")
    assert robustness.with_cues(DATA, "agree") is DATA
    assert robustness.has_cues(data)


def test_the_pictures_that_are_drawn_are_those_that_were_shown():
    seen = robustness.of(MODELS[:1], DATA, STEPS, images=5)
    shown = robustness.shown(MODELS[0], DATA, seen)
    assert {kind: images.shape for kind, images in shown.items()} == dict.fromkeys(STEPS, (3, 3, 8, 8))
    assert np.array_equal(shown["blur"][0], DATA.whole[0].numpy())
    assert np.ptp(shown["contrast"][2]) == pytest.approx(0, abs=1e-6)
