"""Tags of HTML and JSX."""

from builder.importers.draft import Draft
from builder.importers.tags import elements, tags


def test_values_stand_in_quotes_in_braces_or_bare() -> None:
    text = """<A b="x &amp; y" c='z' d={ {e: "}"[0]} } f=g h />"""
    (tag,) = tags(text.replace('"}"[0]', "1"))
    assert tag.props == {"b": "x & y", "c": "z", "d": "{e: 1}", "f": "g", "h": ""}
    assert tag.alone


def test_a_sign_is_no_tag() -> None:
    assert list(tags("a <b c and 3 < 4 > 2 <!-- <p> -->")) == []


def test_elements_of_a_name_lie_within_each_other() -> None:
    draft = Draft.of("<div>a<div>b</div>c</div>")
    assert [draft.text[one.inner : one.outer] for one in elements(draft, "div".__eq__)] == ["a<div>b</div>c", "b"]


def test_one_that_is_not_closed_ends_at_the_next_empty_line() -> None:
    draft = Draft.of("<p>a\nb\n\nc")
    (one,) = elements(draft, "p".__eq__)
    assert draft.text[one.inner : one.end] == "a\nb"
