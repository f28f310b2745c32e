"""Cards stand in rows; bars are as long as answers are likely, and signs have their colours."""

from __future__ import annotations

import numpy as np
import pytest

from figures.charts import answer_cards
from figures.charts.answer_cards import Answer, Card

CARD = Card(np.zeros((3, 8, 8)), "one", [Answer("cat", 0.7, "✓"), Answer("dog", 0.2), Answer("cup", 0.004, "✗")])


@pytest.fixture(scope="module")
def chart():
    return answer_cards.draw([[CARD, CARD], [CARD]], tile=100, alt_text="A")


def rows(chart, field: str) -> list[dict]:
    tables = (data["values"] for data in chart.spec["data"] if "values" in data)
    return next(table for table in tables if field in table[0])


def test_lengths_are_probabilities_and_signs_stand_beside_them(chart):
    bars = rows(chart, "probability")
    assert len(bars) == 9
    for bar in bars:
        assert (bar["x2"] - bar["x"]) / (bar["far"] - bar["x"]) == pytest.approx(bar["probability"])
    assert [bar["shown"] for bar in bars[:3]] == ["70% ✓", "20%", "< 1% ✗"]
    assert [bar["colour"] for bar in bars[:3]] == [answer_cards.RIGHT, answer_cards.UNTOLD, answer_cards.WRONG]


def test_cards_do_not_overlap(chart):
    pictures = rows(chart, "url")
    assert pictures[1]["x"] - pictures[0]["x"] >= 100
    assert pictures[2]["x"] == pictures[0]["x"]
    assert pictures[2]["y"] - pictures[0]["y"] >= 100 + 3 * answer_cards.ROW_PX
    assert chart.width == pytest.approx(2 * 100 + answer_cards.GAP_PX, abs=12)


def test_a_line_says_the_same_without_a_bar():
    assert [answer_cards.line(answer) for answer in CARD.answers] == ["✓ cat 70%", "dog 20%", "✗ cup < 1%"]
