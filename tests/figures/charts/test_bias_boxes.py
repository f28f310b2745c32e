"""Boxes stand where their quartiles say, and every person is a point."""

from __future__ import annotations

import re

import pytest

from figures.charts import bias_boxes
from figures.methods.cue_conflict import ALL, Bias
from figures.methods.observers.spread import Spread
from tests.figures.narrow_charts import holds_all


def pooled(observer: str, bias: float | None) -> Bias:
    return Bias(observer, "network", "", "shape", ALL, 9, 1, 1, 7, 0, bias, None)


SPREADS = [Spread("net", 0.1, 0.2, 0.3, 0.4, 0.5, (("disc", 0.95),)), Spread("humans", 0.8, 0.9, 0.95, 1.0, 1.0, ())]
POOLED = [pooled("net", 0.35), pooled("humans", 0.97), pooled("none", None)]
PEOPLE = [pooled("subject-01", 0.9), pooled("subject-02", 1.0), pooled("subject-03", None)]


@pytest.fixture(scope="module")
def chart():
    return bias_boxes.draw(SPREADS, POOLED, PEOPLE, alt_text="boxes")


def rows(chart, *needed: str) -> list[dict]:
    tables = [data["values"] for data in chart.spec["data"] if "values" in data]
    return [row for table in tables for row in table if set(needed) <= set(row)]


def test_sides_are_one_minus_the_bias(chart) -> None:
    box = next(row for row in rows(chart, "lower", "upper") if row["observer"] == "net")
    assert [box[name] for name in ("high", "upper", "median", "lower", "low")] == pytest.approx(
        [0.5, 0.6, 0.7, 0.8, 0.9]
    )
    assert [(row["category"], row["x"]) for row in rows(chart, "category")] == [("disc", pytest.approx(0.05))]


def test_people_are_points_in_a_row_of_their_own(chart) -> None:
    assert [(row["who"], row["x"]) for row in rows(chart, "who")] == [
        ("subject-01", pytest.approx(0.1)),
        ("subject-02", 0),
    ]
    assert bias_boxes.PEOPLE in re.findall(r"<text[^>]*>([^<]+)</text>", chart.svg)


def test_an_observer_without_a_bias_has_no_row(chart) -> None:
    assert "none" not in re.findall(r"<text[^>]*>([^<]+)</text>", chart.svg)


def test_observers_differ_in_colour_and_mark_as_in_the_chart_by_category(chart) -> None:
    marks = {row["observer"]: (row["colour"], row["mark"]) for row in rows(chart, "mark")}
    assert len({colour for colour, _ in marks.values()}) == len({mark for _, mark in marks.values()}) == 2


def test_a_narrow_page_gets_the_same_boxes(chart) -> None:
    assert holds_all(chart)


def test_without_people_there_is_no_row_of_them() -> None:
    assert bias_boxes.PEOPLE not in bias_boxes.draw(SPREADS, POOLED, alt_text="boxes").svg
