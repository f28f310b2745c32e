"""A live figure says what stands in it before anyone has touched it."""

from figures.words import live as words
from tests.figures.charts.test_live import seen


def test_the_first_state_is_told():
    said = words.units(seen())
    assert said.alt.startswith(
        "An arc in black on white that points to 90 degrees, radius 3 px. Answers of units of net"
    )
    assert "a:1 0.50" in said.alt
    assert said.values["first"] == 0.5
