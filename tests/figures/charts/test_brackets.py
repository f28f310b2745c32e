"""Brackets join the columns that begin before their ends."""

from __future__ import annotations

import numpy as np
import pytest

from figures.charts import brackets

INNER = np.array([-0.5, 0.0, 0.5, 1.0])


def test_a_column_belongs_where_it_begins_and_the_last_words_go_on() -> None:
    assert brackets.spans(("silent < 0", "weak<0.7", "strong"), INNER) == (
        (0, 2, "silent"), (2, 2, "weak"), (4, 1, "strong")
    )  # fmt: skip


def test_words_without_columns_are_left_out_and_columns_without_words_stay_bare() -> None:
    assert brackets.spans(("a < -0.6", "b < -0.55"), INNER) == ((0, 1, "a"),)
    assert brackets.spans((), INNER) == ()


@pytest.mark.parametrize(("texts", "what"), [
    (("silent", "fires"), "bracket 'silent'; expected words and the activation"),
    (("a < b",), "bracket 'a < b'; expected words and the activation"),
    (("a < 2", "b < 2"), "bracket 'b < 2' ends at 2; expected more than the one before, 2"),
])  # fmt: skip
def test_what_is_written_otherwise_is_an_error(texts: tuple[str, ...], what: str) -> None:
    with pytest.raises(ValueError, match=what):
        brackets.spans(texts, INNER)


def test_zero_is_the_first_column_from_there_on() -> None:
    assert brackets.zero(INNER) == 2
    assert brackets.zero(INNER + 1e-12) == 2
    assert brackets.zero(INNER + 0.1) == 0
