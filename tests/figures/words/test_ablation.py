"""What is said of units that are taken out is what the record holds."""

from __future__ import annotations

import pytest

from figures.words import ablation as words
from tests.figures.ablated_units import ablated


def test_the_change_and_what_random_sets_do_are_quoted() -> None:
    values = words.ablation(ablated(), 2).values
    assert values["drop"] == pytest.approx(0.1)
    assert (values["most_changed"], values["largest"]) == ("dog", -4.0)
    assert values["random_moved_most"] < values["moved"]
    assert (values["rank"], values["sets"]) == (1, 5)


def test_all_sets_are_told_with_how_often_their_range_holds_another() -> None:
    said = words.ablation(ablated(), 2)
    assert "cat +3; dog -4" in said.alt
    assert any("4 random sets of 2 other units of a.b" in note and "60%" in note for note in said.notes)


def test_without_random_sets_it_is_said_that_nothing_can_be_told() -> None:
    said = words.ablation(ablated(1), 2)
    assert said.notes[-1].startswith("a.b has too few other units")
    assert "random_moved" not in said.values


@pytest.mark.parametrize(
    ("changed", "done"),
    [({}, "taken out"), ({"edit": "mean"}, "held at their mean"), ({"doses": (1.0, 3.0)}, "pushed by 3 σ")],
)
def test_what_is_done_is_said(changed, done) -> None:
    assert words.done(ablated(**changed)) == done
    assert done in words.ablation(ablated(**changed), 2).alt


def test_answers_that_have_no_label_are_compared_with_the_networks_own() -> None:
    assert "share of answers kept" in words.ablation(ablated(labelled=False), 2).notes[1]
