"""Pairs share a cue; what units score that code only the other one follows from how that is drawn."""

from __future__ import annotations

import numpy as np
import pytest

from figures.methods.probes.pairs import DIFFERENT, INDEPENDENT, Pairs, agreement, baseline, pairs_of
from figures.methods.probes.stimuli import CUES, Crossed, Labels
from tests.figures.probed import labels


@pytest.mark.parametrize("cue", CUES)
def test_pairs_share_an_exemplar_and_are_of_two_pictures(cue: str) -> None:
    known = labels()
    pairs = pairs_of(known, cue, most=1000, other=INDEPENDENT, seed=0)
    assert len(pairs) == 12 * 3
    assert (known.groups(cue)[pairs.first] == known.groups(cue)[pairs.second]).all()
    assert (pairs.first != pairs.second).all()
    assert len(pairs_of(known, cue, most=7, other=INDEPENDENT, seed=0)) == 7


def test_the_other_cue_differs_where_it_must() -> None:
    known = labels()
    pairs = pairs_of(known, "shape", most=1000, other=DIFFERENT, seed=0)
    assert (known.texture[pairs.first] != known.texture[pairs.second]).all()


def test_pictures_without_a_pair_are_told() -> None:
    alone = Labels(*(np.arange(4) for _ in range(4)))
    with pytest.raises(ValueError, match="no two pictures have the same shape"):
        pairs_of(alone, "shape", most=10, other=INDEPENDENT, seed=0)


def test_units_that_code_only_the_other_cue_score_nothing_or_less() -> None:
    known = Crossed(exemplars=12, textures=4, seed=0).labels()
    different = pairs_of(known, "shape", most=10_000, other=DIFFERENT, seed=0)
    free = pairs_of(known, "shape", most=10_000, other=INDEPENDENT, seed=0)
    assert baseline(known, "shape", different) == pytest.approx(-1 / 15, abs=0.01)
    assert abs(baseline(known, "shape", free)) < 0.03


def test_what_is_the_same_in_both_members_has_its_variance() -> None:
    values = np.array([[1.0, 1.0], [1.0, -1.0], [3.0, 1.0], [3.0, -1.0]])
    pairs = Pairs(np.array([0, 2]), np.array([1, 3]))
    assert agreement(values, pairs).tolist() == [1.0, -1.0]
    crossed = Pairs(np.array([0, 1]), np.array([2, 3]))
    assert agreement(values, crossed).tolist() == [-1.0, 1.0]
