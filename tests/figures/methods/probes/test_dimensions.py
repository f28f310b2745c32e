"""Scores, shares and counts: identities, bounds, and planted factors found again in rank."""

from __future__ import annotations

import math

import numpy as np
import pytest

from figures.methods.probes.dimensions import HIGH, LOW, NO_EVIDENCE, Dimensions, dimensions
from figures.methods.probes.pairs import DIFFERENT, INDEPENDENT, agreement, pairs_of
from figures.methods.probes.stimuli import CUES, Crossed

KNOWN = Crossed(exemplars=4, textures=4, seed=0).labels()


def planted(shape: int, texture: int, rest: int, other: str = INDEPENDENT) -> Dimensions:
    """Score so many units that answer to exemplars of shape, of texture, and to nothing."""
    random = np.random.default_rng(0)
    answers = [
        random.normal(size=(64, count))[KNOWN.groups(cue)] for cue, count in zip(CUES, (shape, texture), strict=True)
    ]
    values = np.concatenate([*answers, random.normal(size=(len(KNOWN), rest))], axis=1)
    pairs = [pairs_of(KNOWN, cue, most=10_000, other=other, seed=0) for cue in CUES]
    return dimensions((agreement(values, pairs[0]), agreement(values, pairs[1])), values.var(axis=0))


def test_planted_sizes_are_found_in_rank_and_nearly_in_size() -> None:
    for sizes in ((30, 10, 20), (10, 30, 20), (5, 15, 40)):
        found = planted(*sizes)
        assert (found.score_shape < found.score_texture) == (sizes[0] < sizes[1])
        assert (found.counts[0] < found.counts[1]) == (sizes[0] < sizes[1])
        assert found.score_shape == pytest.approx(sizes[0] / sum(sizes), abs=0.08)
        kinds = np.bincount(found.kinds, minlength=3)
        assert np.abs(kinds - sizes).max() <= 3


def test_counts_sum_to_all_units_and_shares_to_one() -> None:
    for sizes in ((7, 0, 0), (1, 1, 1), (3, 9, 50)):
        found = planted(*sizes)
        assert sum(found.counts) == sum(sizes)
        assert sum(found.shares) == pytest.approx(1)


def test_shares_lie_between_their_bounds_whatever_a_layer_holds() -> None:
    none, all_of_it = np.zeros(2), np.ones(2)
    assert pytest.approx((0.155, 0.422), abs=5e-4) == (LOW, HIGH)
    only = dimensions((all_of_it, none), all_of_it).shares
    assert only[0] == pytest.approx(HIGH, abs=1e-9)
    both = dimensions((none, all_of_it), all_of_it).shares
    assert both[0] == pytest.approx(math.exp(0) / (1 + 2 * math.e))
    assert both[0] == pytest.approx(LOW)
    nothing = dimensions((none, none), all_of_it).shares
    assert nothing == pytest.approx((NO_EVIDENCE, NO_EVIDENCE, 1 - 2 * NO_EVIDENCE))
    assert nothing == pytest.approx((0.212, 0.212, 0.576), abs=5e-4)


def test_a_cue_that_must_differ_pulls_its_own_units_below_zero() -> None:
    free, forced = planted(0, 20, 0), planted(0, 20, 0, DIFFERENT)
    assert forced.score_shape < free.score_shape
    assert forced.score_texture == pytest.approx(1, abs=0.1)


def test_units_that_do_not_vary_are_of_neither() -> None:
    found = dimensions((np.array([1.0, 1e-12]), np.array([0.0, 1e-12])), np.array([1.0, 1e-12]))
    assert found.kinds.tolist() == [0, 2]
    assert found.rho_shape.tolist() == [1.0, 0.0]
    assert dimensions((np.zeros(1), np.zeros(1)), np.zeros(1)).score_shape == 0


def test_a_unit_is_of_the_cue_that_it_varies_with_more() -> None:
    found = Dimensions(0, 0, np.array([0.5, 0.3, 0.1, 0.25]), np.array([0.3, 0.5, 0.19, 0.0]))
    assert found.kinds.tolist() == [0, 1, 2, 0]
