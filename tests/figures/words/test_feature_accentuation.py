"""What is said of an accentuated picture is what the record holds."""

from __future__ import annotations

import pytest

from figures.words import feature_accentuation as words
from tests.figures.accented import accented


def test_answers_are_quoted_by_number_and_as_means() -> None:
    values = words.feature_accentuation(accented()).values
    assert (values["units"], values["mean_before"], values["mean_after"]) == (2, 0.75, 2.75)
    assert (values["before-2"], values["after-2"], values["after-1"]) == (0.5, 2.5, 3.0)
    assert values["most_changed"] == 0.25


@pytest.mark.parametrize(
    ("lowered", "what"),
    [((False, False), "more to"), ((True, True), "less to"), ((True, False), "more or, with a minus, less to")],
)
def test_units_answer_more_or_less(lowered, what) -> None:
    alt = words.feature_accentuation(accented(lowered=lowered)).alt
    assert alt == f"The picture cat.jpg, and what it becomes where each of 2 units answers {what} it: conv:3, head:1."


def test_it_is_told_what_holds_the_picture_together() -> None:
    assert words.feature_accentuation(accented()).notes[1].startswith("early holds the picture together: at most 25%")
    assert words.feature_accentuation(accented(keep=0.0)).notes[1] == "Nothing holds the picture together (keep 0)."
