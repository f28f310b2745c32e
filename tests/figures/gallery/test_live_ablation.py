"""A live ablation says what the classes are with units on and off; the page is tried in tests/browser."""

from figures.words import live as words
from tests.figures.charts.test_live import switched


def test_both_answers_are_told():
    said = words.ablation(switched())
    assert said.values["answer-on"] == "no"
    assert said.values["answer-off"] == "yes"
    assert said.alt.endswith("with a:1 on, and with them off: no 90% and 20%, yes 0% and 70%.")
