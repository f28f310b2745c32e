"""Bars are as long as answers are likely, and what is right or wrong is marked."""

from __future__ import annotations

import re

import pytest

from figures.charts import top_answers
from tests.figures.answered import answered


def rows(chart) -> list[dict]:
    tables = [data["values"] for data in chart.spec["data"] if "values" in data]
    return next(table for table in tables if "probability" in table[0])


@pytest.fixture(scope="module")
def chart():
    return top_answers.draw(answered(), alt_text="answers")


def test_lengths_are_probabilities(chart):
    for row in rows(chart):
        assert (row["x2"] - row["x"]) / (row["far"] - row["x"]) == pytest.approx(row["probability"])
    assert [row["shown"] for row in rows(chart)] == ["70.0%", "20.0%", "50.0%", "< 0.1%"]


def test_right_and_wrong_have_a_sign_and_a_colour(chart):
    assert [row["mark"] for row in rows(chart)] == ["✓", "", "✗", "✓"]
    colours = [row["colour"] for row in rows(chart)]
    assert colours == [top_answers.RIGHT, top_answers.UNTOLD, top_answers.WRONG, top_answers.RIGHT]
    assert "✓" in chart.svg


def test_where_no_truth_is_known_nothing_is_marked():
    plain = top_answers.draw(answered(((), ())), alt_text="answers")
    assert {row["mark"] for row in rows(plain)} == {""}
    assert {row["colour"] for row in rows(plain)} == {top_answers.UNTOLD}
    assert not re.search("[✓✗]", plain.svg)


def test_pictures_stand_below_each_other_and_nothing_overlaps(chart):
    pictures = next(data["values"] for data in chart.spec["data"] if data.get("values", [{}])[0].get("url"))
    assert pictures[1]["y"] - pictures[0]["y"] >= 120
    edges = [(row["y"], row["y2"]) for row in rows(chart)]
    assert all(before[1] < after[0] for before, after in zip(edges, edges[1:], strict=False))
    assert chart.width == pytest.approx(top_answers.WIDTH, abs=20)
