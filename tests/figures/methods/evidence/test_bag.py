"""Accuracy by patch, and shuffling, of several networks at once."""

from __future__ import annotations

import pytest

from figures.methods.evidence import bag
from tests.figures.methods.evidence.test_tiles import coloured, counting


def test_right_answers_are_counted_of_each_network_once():
    seen = bag.of([counting(), counting()], coloured(), "0", ())
    assert [(one.network, one.hits, one.trials) for one in seen.shares] == [("counting", 3, 4)]
    assert seen.columns()["right"] == [0.75]
    assert seen.whole == ()


def test_a_data_set_whose_labels_are_no_classes_is_refused():
    with pytest.raises(ValueError, match="no label is a class of counting"):
        bag.of([counting()], coloured(("x",) * 4), "0", ())


def test_whole_pictures_are_always_among_the_shuffled():
    seen = bag.shuffle([counting()], coloured(), (4, 2), (), head="", rows=2, seed=0)
    assert seen.counts == (1, 2, 4)
    assert [len(row) for row in seen.rows] == [3, 3]
    assert seen.columns()["tiles"] == [1, 4, 16]
    assert seen.known


def test_a_head_that_not_all_have_is_refused():
    with pytest.raises(ValueError, match="has no head 'shape'"):
        bag.shuffle([counting()], coloured(), (2,), (), head="shape", rows=1, seed=0)
