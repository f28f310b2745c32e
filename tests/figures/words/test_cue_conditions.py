"""What is said of conditions is what was answered under them."""

from __future__ import annotations

from dataclasses import replace

from figures.words import cue_conditions as words
from tests.figures.conflicting import seen_conditions


def test_answers_go_by_condition():
    said = words.conditions(seen_conditions())
    assert (said.values["right"], said.values["conditions"]) == (2, 7)
    assert said.values["answer-turned-silhouette"] == "dog"
    assert "grey: cat with 70%, right; silhouette: dog with 70%, wrong" in said.alt
    assert said.notes[0].startswith("A tick marks cat, right as the author says")
    assert "cut out of mug of photographs" in said.notes[1]
    assert said.notes[-1] == "The silhouette is turned by 90°."


def test_drawn_glyphs_have_a_texture_of_their_own():
    said = words.conditions(replace(seen_conditions(), method="render", told=False))
    assert "paired with" in said.notes[1]
    assert "by its label" in said.notes[0]
