"""A walk is told by its units, their shares, and what its sums leave out."""

from __future__ import annotations

from figures.words.hierarchy import hierarchy
from tests.figures.walked import NODES, SUMS, walk


def notes(**changed: object) -> str:
    return " ".join(hierarchy(walk(**changed)).notes)


def test_prose_may_quote_the_strongest_and_every_share() -> None:
    values = hierarchy(walk()).values
    assert (values["child-1"], values["share-1"], values["weight-1"]) == ("b:3", 0.5, 1.5)
    assert (values["child-2"], values["share-2"]) == ("a:5", 0.75)
    assert values["children-logits-1"] == "b:3, b:0-, b:2"
    assert (values["share-b-0"], values["weight-b-0"]) == (0.25, -0.5)
    assert values["sum-b-3"] == 4.0
    assert not any(":" in key for key in values)


def test_the_tree_is_told() -> None:
    alt = hierarchy(walk()).alt
    assert "from logits:1 (cat) down to a, in the picture cat.jpg" in alt
    assert "logits:1 of b:3, b:0-, b:2; b:3 of a:5" in alt


def test_notes_tell_the_largest_gap_and_what_goes_round() -> None:
    assert "most for logits:1: 1.5 of 2." in notes()
    assert "not counted: a for b:3." in notes()
    assert "not counted" not in notes(sums={0: SUMS[0]})


def test_notes_tell_what_is_inactive_what_answers_below_zero_and_what_was_not_guided() -> None:
    assert "Inactive, with nothing below: a:5." in notes()
    assert "answers below zero there: b:0-." in notes()
    assert "leaves nothing of a:5" in notes()
    assert "no rectifiers" in notes(rules=("gradient",) * 5)
    plain = notes(rules=("guided",) * 3, nodes=(*NODES[:2], *NODES[3:4]), sums={0: SUMS[0]})
    assert not any(words in plain for words in ("Inactive", "below zero", "leaves nothing", "no rectifiers"))


def test_patches_are_spoken_of_where_there_are_some() -> None:
    assert "answers most in data" in notes()
    assert "answers most in data" not in notes(patches=())
