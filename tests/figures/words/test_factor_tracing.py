"""What is said of factors is what the record holds."""

import numpy as np
import pytest

from figures.words import factor_tracing as words
from tests.figures import traced_records as records


def test_factors_explain_together_what_they_explain_one_by_one() -> None:
    numbers = words.factor_tracing(records.factor_traces()).values
    assert numbers["explained"] == pytest.approx(0.75)
    assert (numbers["explained_1"], numbers["explained_2"], numbers["factors"]) == (0.5, 0.25, 2)


def test_images_that_reuse_factors_are_told_apart() -> None:
    said = words.factor_tracing(records.factor_traces())
    assert (said.values["images"], said.values["reused"]) == (2, 1)
    assert said.values["mean_error"] == pytest.approx(0.3)
    assert said.values["mean_error_reused"] == pytest.approx(0.7)
    assert said.alt.startswith("3 images in rows")
    assert said.alt.endswith("The last 1 reuse the factors of the others.")


def test_where_nothing_is_reused_nothing_is_said_of_it() -> None:
    said = words.factor_tracing(records.factor_traces(reused=0))
    assert "mean_error_reused" not in said.values
    assert said.values["mean_error"] == pytest.approx(1.3 / 3)
    assert "reuse" not in said.alt


def test_splines_that_are_not_drawn_are_counted_in_a_note_and_in_no_median() -> None:
    said = words.factor_tracing(records.factor_traces())
    assert said.values["median_cosine"] == pytest.approx(0.7)
    assert said.notes[-1].startswith("1 splines are not drawn")
    whole = words.factor_tracing(records.factor_traces(score=np.ones((3, 2))))
    assert len(whole.notes) == 1
