"""What is said of combs is what the record holds."""

import numpy as np
import pytest

from figures.methods.combing import Combing
from figures.methods.sigma import Sigma
from figures.words import combing as words

CHANGE = np.array([[[0.0, -1.0], [0.0, -3.0]], [[0.0, 0.5], [0.0, 0.1]]])  # (units, spacings, lengths)
SIGMA = Sigma(np.ones(2), True, "glyphs:24")


def seen(bare: tuple[float, float] = (4.0, 2.0)) -> Combing:
    ones = np.ones(2)
    return Combing(("a:1", "a:2"), CHANGE, np.array(bare), 0 * ones, 9 * ones, np.ones((2, 2)), np.ones((2, 2)))


def test_changes_are_counted_over_units_with_the_longest_strokes() -> None:
    said = words.combing(seen(), SIGMA)
    assert said.values["lowered"] == 1
    assert said.values["raised"] == 1
    assert (said.values["most_lowered_sigma"], said.values["most_raised_sigma"]) == (-3.0, 0.5)
    assert said.values["median_share"] == pytest.approx(np.median([-2 / 4, 0.3 / 2]))
    assert said.values["min_kept"] == pytest.approx(1 - 2 / 4)
    assert said.values["max_kept"] == pytest.approx(1 + 0.3 / 2)
    assert "with the longest strokes 1 of 2 answer less" in said.alt
    assert any("rectified activations over all positions of glyphs:24" in note for note in said.notes)


def test_units_that_do_not_answer_their_arc_have_no_share() -> None:
    assert "median_share" not in words.combing(seen((0.0, -1.0)), SIGMA).values


def test_the_table_lists_every_unit_spacing_and_length() -> None:
    columns = seen().columns()
    assert list(columns["unit"]) == ["a:1"] * 4 + ["a:2"] * 4
    assert list(columns["change_sigma"]) == CHANGE.ravel().tolist()
