"""Attributes behind titles and captions."""

import pytest

from builder.read.markdown.attributes import classes, trailing


@pytest.mark.parametrize(
    ("text", "title", "attributes"),
    [
        ("A title {#id .one .two}", "A title", {"id": "id", "class": "one two"}),
        ('A title {width="50%"}  ', "A title", {"width": "50%"}),
        ("A set {a, b}", "A set {a, b}", {}),
        ("No attributes", "No attributes", {}),
        ("{#first} and more", "{#first} and more", {}),
    ],
)
def test_what_is_behind_a_title_is_taken_off_where_it_can_be_read(text: str, title: str, attributes: dict) -> None:
    assert trailing(text) == (title, attributes)


def test_classes_are_words() -> None:
    assert classes({"class": " one  two "}) == ("one", "two")
    assert classes({}) == ()


def test_braces_that_could_not_be_read_are_a_warning_and_stay(draw) -> None:
    drawn = draw("![Words](plate.png){width=50%}\n")
    assert "warning: attributes '{width=50%}' are not understood" in drawn
    assert "{width=50%}" in drawn.splitlines()[0]
    assert "warning" not in draw('![Words](plate.png){width="50%"}\n')
