"""Networks answer the pictures of a folder with categories."""

from __future__ import annotations

import pytest

from figures.methods import cue_conflict, datasets
from figures.methods.observers import answering, categories, conflict_pictures
from tests.figures import rigged_observers as rigged


def pictures(root):
    return conflict_pictures.of(datasets.load(str(rigged.folder(root))))


@pytest.mark.parametrize(("cue", "bias"), [("shape", 1.0), ("texture", 0.0)])
def test_rigged_networks_are_at_the_ends(tmp_path, cue: str, bias: float) -> None:
    model, seen = rigged.network(cue), pictures(tmp_path)
    overall = cue_conflict.table(answering.observe(model, seen, categories.of(model, seen.categories)))[0]
    assert (overall.n, overall.bias, overall.coverage) == (4, bias, 1.0)


def test_a_thousand_classes_answer_by_the_mean_of_a_category(tmp_path) -> None:
    """The network is sure of one class of six of a cat, one class of 109 of a dog: the mean favours neither by size."""
    classes = tuple(map(str, range(1000)))
    model, seen = rigged.network("shape", classes, (281, 207)), pictures(tmp_path)
    grouping = categories.of(model, seen.categories)
    shares = answering.answered(model, seen.dataset, grouping.head, grouping.members).probability
    place = seen.stimulus.tolist().index("cat1-dog1")
    assert shares.shape == (5, 16)
    others = 999 * 1.0 + 2.718281828459045**10
    cat = grouping.names.index("cat")
    assert shares[place, cat] == pytest.approx((2.718281828459045**10 + 5) / others / 6, rel=1e-4)
    trials = answering.observe(model, seen, grouping)
    assert trials.response[place] == "cat"
    assert trials.stimulus.tolist() == seen.stimulus.tolist()


def test_more_pictures_than_a_batch_keep_their_order(tmp_path, monkeypatch) -> None:
    model, seen = rigged.network("shape"), pictures(tmp_path)
    grouping = categories.of(model, seen.categories)
    whole = answering.observe(model, seen, grouping).response.tolist()
    monkeypatch.setattr(answering, "BATCH", 2)
    assert answering.observe(model, seen, grouping).response.tolist() == whole == seen.shape.tolist()
