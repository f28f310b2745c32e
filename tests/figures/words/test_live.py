"""A live figure says what stands in it before anyone has touched it."""

from figures.words import live as words
from tests.figures.charts.test_live import head, seen


def test_the_first_state_is_told():
    said = words.units(seen())
    assert said.alt.startswith(
        "An arc in black on white that points to 90 degrees, radius 3 px. Answers of units of net"
    )
    assert "a:1 0.50" in said.alt
    assert said.values["first"] == 0.5


def test_the_likeliest_classes_are_told():
    said = words.classes(head())
    assert said.alt == "The picture one. Likeliest classes of net for it: yes 75%, no 25%."
    assert (said.values["answer"], said.values["probability-2"]) == ("yes", 0.25)
