"""An article is read and drawn: text, notes and works, and what is measured comes in when it is drawn."""

import re


def test_works_are_listed_in_the_order_of_their_first_use_with_all_their_marks(draw) -> None:
    drawn = draw("[@marr] and [@geirhos2019; @marr] and @olah2020zoom and [@marr].\n")
    works = re.findall(r"<WORK number=(\d) id=ref-(\w+) marks=([\w,-]+)>", drawn)
    assert [(number, key) for number, key, _ in works] == [("1", "marr"), ("2", "geirhos2019"), ("3", "olah2020zoom")]
    assert [len(marks.split(",")) for _, _, marks in works] == [3, 1, 1]
    assert {mark for _, _, marks in works for mark in marks.split(",")} == set(re.findall(r"<CITE id=([\w-]+)", drawn))


def test_notes_are_drawn_in_the_list_and_at_their_marks(draw) -> None:
    drawn = draw("One[^a] and two^[in the line] and again[^a].\n\n[^a]: Defined *below*.\n")
    assert drawn.count("Defined <em>below</em>") == 3
    assert re.findall(r"<NOTE number=(\d)", drawn) == ["1", "2"]


def test_an_article_of_nothing_is_nothing(draw) -> None:
    assert draw("") == ""
