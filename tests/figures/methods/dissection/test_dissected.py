"""Units of a layer are named beside random directions and the network before training."""

from __future__ import annotations

import numpy as np
import pytest

from figures.methods import datasets, models
from figures.methods.dissection import dissected
from figures.methods.dissection.dissected import LEARNED, TURNED
from tests.figures.dissected_units import dissected as made


@pytest.mark.slow
def test_units_of_classes_are_named_right_and_random_directions_are_not():
    network, data = models.load("glyphs"), datasets.load("glyphs:240")
    seen = dissected.of(network, data, ("shape",), families=("shape", "ground"), images=240, control=False)
    assert seen.measure == "auc"
    own, turned = (one.named for one in seen.found)
    classes = np.array(network.heads["shape"])
    judged = ~np.isin(classes, seen.unjudged)
    right = np.array([seen.concepts.names[number] for number in own.concept]) == classes
    assert judged.sum() > 8
    assert right[judged].mean() > 0.9
    assert own.names(0.9)[judged].mean() > 0.8
    assert turned.names(0.9).sum() < own.names(0.9).sum()
    assert (np.array([seen.concepts.names[number] for number in turned.concept]) == classes).mean() < 0.3


def test_families_are_counted_by_layer():
    seen = made()
    assert (seen.share(LEARNED), seen.different(LEARNED), seen.different(TURNED)) == (0.75, 2, 1)
    counted = {(layer, family): (units, of, concepts) for layer, basis, family, units, of, concepts in seen.counts()
               if basis == LEARNED}  # fmt: skip
    assert counted["a", "shape"] == (2, 4, 1)
    assert counted["b.c", "colour"] == (1, 4, 1)


def test_the_best_units_name_different_concepts():
    best = made().best(5)
    assert [(one.unit, one.concept) for one in best] == [("b.c:0", "disc"), ("b.c:2", "red")]


def test_what_covers_too_much_to_be_named_is_known():
    assert made().too_large == ("red",)
    assert made(measure="auc").too_large == ()


@pytest.mark.parametrize(
    ("layers", "more", "message"),
    [
        (("mixed9",), {}, "mixed"),
        (("shape",), {"measure": "iou"}, "shape has no map to hold against masks"),
        (("mixed3b",), {"families": ("colours",)}, "did you mean 'colour'"),
    ],
)
def test_what_cannot_be_held_against_concepts_is_told(layers, more, message):
    with pytest.raises(ValueError, match=message):
        dissected.of(models.load("glyphs"), datasets.load("glyphs:8"), layers, **more)
