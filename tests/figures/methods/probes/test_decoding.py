"""Whole exemplars are held out, what can be read is read, and what cannot reaches chance."""

from __future__ import annotations

import numpy as np
import pytest

from figures.methods.probes import decoding
from figures.methods.probes.decoding import decoded, folds_of, turned
from tests.figures.probed import labels


def test_no_exemplar_is_in_two_folds_and_every_class_in_all() -> None:
    known = labels(classes=3, exemplars=7, textures=2)
    groups = known.groups("texture")
    fold = folds_of(known.texture, groups, 5, seed=0)
    assert all(len(np.unique(fold[groups == group])) == 1 for group in groups)
    assert all(set(fold[known.texture == number]) == set(range(5)) for number in range(3))


def test_few_exemplars_make_few_folds_and_fewer_than_three_make_none() -> None:
    classes, groups = np.array([0, 0, 0, 0, 1, 1, 1]), np.arange(7)
    assert folds_of(classes, groups, 5, seed=0).max() == 2
    with pytest.raises(ValueError, match="class 1 has 2 exemplars; expected at least 3"):
        folds_of(classes[:-1], groups[:-1], 5, seed=0)


def test_classes_that_lie_apart_are_read_and_shuffled_ones_are_not() -> None:
    random, classes = np.random.default_rng(0), np.arange(200) % 4
    rows = random.normal(size=(200, 6)) + 4 * np.eye(4, 6)[classes]
    fold = np.arange(200) // 4 % 5
    assert decoded(rows, classes, fold).accuracy.min() > 0.9
    shuffled = decoded(rows, random.permutation(classes), fold).accuracy
    assert abs(shuffled.mean() - 0.25) < 4 * np.sqrt(0.25 * 0.75 / 200)


def test_an_exemplar_that_is_known_again_does_not_count() -> None:
    """Rows tell exemplars apart but nothing of their classes: a random split would read all, a grouped one nothing."""
    random, groups = np.random.default_rng(0), np.repeat(np.arange(40), 5)
    rows = random.normal(size=(40, 60))[groups] + 0.01 * random.normal(size=(200, 60))
    classes = groups % 2
    grouped = decoded(rows, classes, folds_of(classes, groups, 5, seed=0)).accuracy.mean()
    mixed = decoded(rows, classes, np.arange(200) % 5).accuracy.mean()
    assert mixed > 0.95
    assert abs(grouped - 0.5) < 4 * np.sqrt(0.25 / 40)


def test_three_folds_are_enough() -> None:
    classes, fold = np.arange(24) % 2, np.arange(24) // 2 % 3
    assert decoded(classes[:, None] * np.ones((24, 3)), classes, fold).accuracy.tolist() == [1, 1, 1]


def test_scale_and_place_of_numbers_do_not_matter() -> None:
    rows, within = np.random.default_rng(1).normal(size=(30, 4)), np.arange(30) < 20
    assert np.allclose(turned(rows, within), turned(rows * [1, 10, 100, 1000] + 7, within), atol=1e-4)
    inside = turned(rows, within)[within] * 2
    assert np.allclose(inside.mean(axis=0), 0, atol=1e-5)
    assert np.allclose(inside.std(axis=0), 1, atol=1e-4)


def test_turning_keeps_all_angles_between_rows() -> None:
    rows, within = np.random.default_rng(1).normal(size=(12, 40)), np.arange(12) < 8
    short = turned(rows, within)
    inside = rows[within]
    scaled = (rows - inside.mean(axis=0)) / inside.std(axis=0) / np.sqrt(40)
    assert short.shape[1] <= 8
    assert np.allclose(short @ short[within].T, scaled @ scaled[within].T, atol=1e-4)


def test_numbers_that_are_always_the_same_say_nothing() -> None:
    rows, within = np.random.default_rng(1).normal(size=(10, 3)), np.arange(10) < 9
    rows[:9, 1] = 5
    assert (turned(rows, within)[:, 1] == 0).all()


def test_the_strengths_are_in_order() -> None:
    assert list(decoding.STRENGTHS) == sorted(decoding.STRENGTHS)
