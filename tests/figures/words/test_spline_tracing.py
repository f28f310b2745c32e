"""What is said of a spline is what the record holds of its first and its last step."""

import pytest

from figures.words import spline_tracing as words
from tests.figures import traced_records as records


def test_the_first_and_the_last_step_are_quoted() -> None:
    said = words.spline_tracing(records.tracing(), records.source())
    assert (said.values["steps"], said.values["knots"]) == (20, 4)
    assert (said.values["cosine_at_start"], said.values["cosine"]) == pytest.approx((0.2, 0.9))
    assert (said.values["distance_at_start_px"], said.values["distance_px"]) == pytest.approx((5, 1))
    assert said.values["length_px"] == 11
    assert "rose from 0.20 to 0.90" in said.alt
    assert "lies 1 pixels from the curve" in said.alt


def test_of_a_curve_that_is_not_known_no_distance_is_told() -> None:
    said = words.spline_tracing(records.tracing(known=False), records.source(truth=False))
    assert not any("distance" in key for key in said.values)
    assert "pixels from the curve" not in said.alt
    assert len(said.notes) == 1


def test_the_units_and_what_they_rest_on_are_named() -> None:
    said = words.spline_tracing(records.tracing(), records.source())
    assert said.alt.startswith("A curve, and the spline that 2 units see like it")
    assert "the 2 units of b draw from a " in said.notes[0]
    assert said.values["source"] == "a curve"
