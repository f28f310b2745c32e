"""What is said of conflicts is what was answered."""

from __future__ import annotations

from figures.words import cues as words
from tests.figures.conflicting import conflicting


def test_conflicts_are_counted_by_cue():
    said = words.conflicts(conflicting(2))
    assert (said.values["follow_content"], said.values["follow_style"], said.values["follow_neither"]) == (2, 1, 1)
    assert said.values["conflict-2"] == "rocket"
    assert (said.values["before-2"], said.values["after-3"]) == (0.6, 0.0004)
    assert said.notes[0] == "Of 4 first answers in conflict 2 name the content's class, 1 the style's, 1 neither."
    assert said.notes[1] == "Mean probability of the content's own class: 70.0% by itself, 35.0% in conflict."
    assert "tom in launch of photographs, taken for rocket with 70%" in said.alt


def test_how_they_were_made_is_said():
    notes = " ".join(words.conflicts(conflicting(2)).notes)
    assert "Gatys et al. (2016), over net" in notes
    assert "style from low, content from middle and high, 3 steps" in notes
    assert "1.00 at the first step, 0.25 at the last" in notes
    cut = words.conflicts(conflicting(2, stylised=False, told=True)).notes
    assert cut[-1].startswith("The content's silhouette is cut out")
    assert any("as the author says" in note for note in cut)
