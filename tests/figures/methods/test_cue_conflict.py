"""The shape-bias filter gives the known answer on a table made by hand, and not the traps'."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
import torch

from figures.glyphs import dataset as glyphs
from figures.methods import cue_conflict as measured
from figures.methods.cue_conflict import ALL, Trials, grouped, resampled, table, wilson

# shape category, texture category, response, how often
BY_HAND = [
    ("cat", "dog", "cat", 3), ("cat", "dog", "dog", 1), ("cat", "car", "cat", 2), ("cat", "car", "na", 2),
    ("dog", "cat", "cat", 4), ("dog", "car", "dog", 1), ("dog", "car", "cat", 2),
    ("car", "cat", "dog", 3), ("car", "dog", "na", 1),
    ("cat", "cat", "cat", 6), ("dog", "dog", "dog", 4),
]  # fmt: skip


def made(rows=BY_HAND, kind="network") -> Trials:
    flat = [row[:3] for row in rows for _ in range(row[3])]
    shape, texture, response = np.array(flat).T
    n = len(flat)
    return Trials("toy", kind, "cue-conflict", shape, texture, response, np.full(n, "toy"), np.arange(n))


def test_the_known_answer():
    # conflict: shape 3+2+1 = 6, texture 1+4 = 5, of 19 trials
    overall, *rows = table(made())
    assert (overall.category, overall.n, overall.shape, overall.texture) == (ALL, 19, 6, 5)
    assert (overall.other, overall.na) == (5, 3)
    assert overall.bias == pytest.approx(6 / 11)
    assert overall.coverage == pytest.approx(11 / 19)
    assert {row.category: (row.n, row.shape, row.texture, row.other, row.na) for row in rows} == {
        "cat": (8, 5, 1, 0, 2), "dog": (7, 1, 4, 2, 0), "car": (4, 0, 0, 3, 1),
    }  # fmt: skip


def test_not_the_mean_of_the_categories_biases():
    overall, *rows = table(made())
    trap = np.mean([row.bias for row in rows if row.bias is not None])
    assert trap == pytest.approx((5 / 6 + 1 / 5) / 2)
    assert abs(overall.bias - trap) > 0.02


def test_not_with_the_congruent_rows_kept():
    all_rows = made()
    shape = np.sum(all_rows.response == all_rows.shape)
    texture = np.sum(all_rows.response == all_rows.texture)
    trap = shape / (shape + texture)
    assert trap == pytest.approx(16 / 31)
    assert abs(table(all_rows)[0].bias - trap) > 0.02
    assert table(all_rows) == table(made([row for row in BY_HAND if row[0] != row[1]]))


def test_every_trial_is_counted_once():
    for row in table(made()):
        assert row.shape + row.texture + row.other + row.na == row.n


def test_no_decision_leaves_bias_and_interval_undefined():
    car = next(row for row in table(made()) if row.category == "car")
    assert (car.bias, car.ci95, car.coverage) == (None, None, 0.0)


def test_rows_by_texture_category():
    rows = {row.category: row for row in table(made(), axis="texture")}
    assert (rows["cat"].n, rows["cat"].shape, rows["cat"].texture) == (7, 0, 4)
    assert rows[ALL].bias == pytest.approx(6 / 11)
    assert rows["cat"].category_axis == "texture"


@pytest.mark.parametrize(
    ("answer", "bias"), [("shape", 1.0), ("texture", 0.0)], ids=["a shape classifier", "a texture classifier"]
)
def test_rigged_observers_are_at_the_ends(answer, bias):
    trials = made()
    rigged = Trials("rigged", "network", "", trials.shape, trials.texture, getattr(trials, answer),
                    trials.subject, trials.stimulus)  # fmt: skip
    overall = table(rigged)[0]
    assert (overall.bias, overall.coverage) == (bias, 1.0)


def test_wilson_interval_is_the_published_one():
    # ResNet-50 of Geirhos et al. (2019): 162 shape and 572 texture decisions, 19.2 to 25.2 %
    low, high = wilson(162, 734)
    assert (round(100 * low, 1), round(100 * high, 1)) == (19.2, 25.2)
    assert wilson(0, 0) is None
    assert wilson(0, 10)[0] == 0
    assert wilson(10, 10)[1] == pytest.approx(1)


def test_people_are_resampled_with_their_images():
    """Ten people who differ widely: the interval must be wider than if answers were independent."""
    rows = [
        ("cat", "dog", "cat" if person % 2 else "dog", person, image) for person in range(10) for image in range(40)
    ]
    shape, texture, response, subject, stimulus = map(np.array, zip(*rows, strict=True))
    people = Trials("humans", "human", "", shape, texture, response, subject, stimulus)
    low, high = table(people, seed=1)[0].ci95
    wilson_low, wilson_high = wilson(200, 400)
    assert high - low > 4 * (wilson_high - wilson_low)
    assert low < 0.5 < high
    assert resampled(people, seed=1) == (low, high)


def test_categories_are_means_over_their_classes_of_the_softmax():
    scores = np.log(np.array([[0.1, 0.1, 0.1, 0.3, 0.4], [0.3, 0.3, 0.3, 0.05, 0.05]]))
    names, shares = grouped(scores, {"big": [0, 1, 2], "small": [3]})
    assert names == ("big", "small")
    assert shares == pytest.approx(np.array([[0.1, 0.3], [0.3, 0.05]]))
    assert shares[0].argmax() == 1
    summed = np.exp(scores)[0, :3].sum()
    assert summed >= 0.3 - 1e-9  # a sum would tie the large category with the small one


def test_a_category_without_classes_is_an_error():
    with pytest.raises(ValueError, match="category 'none' has no class"):
        grouped(np.zeros((1, 3)), {"some": [0], "none": []})


@pytest.fixture
def rigged(monkeypatch):
    """A network that answers with the class number that is painted into the first pixel."""

    def answer(model, images, head):
        return torch.nn.functional.one_hot(images[:, 0, 0, 0].long(), 16).float() * 20

    monkeypatch.setattr(measured, "logits", answer)
    return SimpleNamespace(heads={"shape": glyphs.SHAPES}, name="rigged", digest="r")


@pytest.mark.parametrize("cue", [1, 2], ids=["shape", "texture"])
def test_a_networks_answers_go_through_the_filter(rigged, monkeypatch, cue):
    images, *ids = glyphs.cue_conflict(1, seed=0)

    def painted(n_per_pair, *, seed, filled):
        images[:, 0, 0, 0] = ids[cue - 1].float()
        return images, *ids

    monkeypatch.setattr(measured.glyphs, "cue_conflict", painted)
    trials = measured.observe(rigged, n_per_pair=1)
    overall, *rows = table(trials)
    assert (overall.n, overall.coverage, overall.bias) == (240, 1.0, float(cue == 1))
    assert sorted(row.category for row in rows) == sorted(glyphs.SHAPES)
    assert all(row.n == 15 for row in rows)


def test_conflict_images_hold_every_pair_and_no_congruent_one(rigged):
    found = measured.cue_conflict(rigged, n_per_pair=1, seed=2)
    assert len(found.shape) == 240
    assert (found.shape != found.texture).all()
    assert found.probability.sum(axis=1) == pytest.approx(1)


@pytest.mark.parametrize(("heads", "what"), [
    ({"logits": ("cat",)}, r"net has no head 'shape' \(it has logits\); expected one with a head 'shape' of the classes"),
    ({}, r"net has no head 'shape' \(it has none\)"),
    ({"shape": ("disc", "cat")}, "the head 'shape' of net differs in the class 'arc'"),
])  # fmt: skip
def test_a_network_without_the_shapes_is_refused(heads, what):
    other = SimpleNamespace(heads=heads, name="net", digest="n")
    for show in (measured.cue_conflict, measured.examples):
        with pytest.raises(ValueError, match=what):
            show(other)
