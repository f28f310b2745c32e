"""Units are told with what random sets of as many others do."""

from __future__ import annotations

import numpy as np
import pytest

from figures.methods import datasets, models
from figures.methods.ablation import ablated
from tests.figures.ablated_units import ablated as made


def test_random_sets_are_different_and_hold_no_chosen_unit():
    drawn = ablated.others(10, (1, 4), 20, seed=0)
    assert len(set(drawn)) == 20
    assert all(len(set(one)) == 2 and not {1, 4} & set(one) for one in drawn)
    assert ablated.others(10, (1, 4), 20, seed=0) == drawn != ablated.others(10, (1, 4), 20, seed=1)


def test_there_are_no_more_sets_than_there_can_be():
    assert sorted(ablated.others(4, (0,), 20, seed=0)) == [(1,), (2,), (3,)]
    assert ablated.others(3, (0, 1), 20, seed=0) == []


def test_the_range_of_random_sets_holds_one_more_as_often_as_it_says():
    drawn = np.random.default_rng(0).normal(size=(4000, 21))
    inside = (drawn[:, 0] > drawn[:, 1:].min(axis=1)) & (drawn[:, 0] < drawn[:, 1:].max(axis=1))
    assert inside.mean() == pytest.approx(made(21).covers, abs=0.02)


def test_classes_are_ranked_by_the_size_of_their_change():
    seen = made()
    assert seen.most(2).tolist() == [0, 1]
    assert seen.columns()["class"] == ["dog", "cat", "owl"]
    assert seen.rank == 1
    assert seen.largest()[0] == 4.0


def test_accuracy_is_of_the_images_of_a_class():
    seen = made(change="accuracy")
    assert seen.changes()[0, 0].tolist() == [-0.25, 0, 0]
    assert (seen.accuracy, seen.accuracies[0, 0]) == (0.8, 0.7)


def test_labels_count_where_all_are_classes():
    data = datasets.load("glyphs:8")
    classes = models.load("glyphs").heads["shape"]
    known = ablated.labels(data, np.arange(8), "shape", classes)
    assert [classes[number] for number in known] == data.labels(range(8))
    other = ablated.labels(data, np.arange(8), "texture", models.load("glyphs").heads["texture"])
    assert other.tolist() == data.parameters(range(8)).texture.tolist()
    held = made_data()
    assert ablated.labels(held, np.arange(2), "logits", ("a", "b")).tolist() == [-1, -1]
    assert ablated.labels(held, np.arange(2), "logits", ("a", "c")).tolist() == [0, 1]


def made_data():
    import torch

    from figures.methods.datasets.held import Held

    return Held("two", torch.zeros(2, 3, 8, 8), ("x", "y"), ("a", "c"))


@pytest.mark.parametrize(
    ("units", "more", "message"),
    [
        ((), {}, "expected units such as mixed3b:17"),
        (("mixed3b:1", "mixed4a:1"), {}, "units of mixed3b and mixed4a; expected units of one layer"),
        (("mixed3b:1-",), {}, "expected a whole channel without a minus"),
        (("shape:disc",), {}, "shape is no layer whose output others read"),
        (("mixed3b:1",), {"head": "shap"}, "did you mean 'shape'"),
        (("mixed3b:999",), {}, "999"),
    ],
)
def test_what_cannot_be_taken_out_is_told(units, more, message):
    with pytest.raises(ValueError, match=message):
        ablated.of(models.load("glyphs"), datasets.load("glyphs:8"), units, **more)
